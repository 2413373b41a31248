import { useKeys } from '../app/keys.ts';

/** Moves the focus to the link of the next or previous row of the view's table. */
function stepRow(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('.main .tbl tbody .cell-link')];
  const row = document.activeElement?.closest('tr') ?? null;
  const at = links.findIndex((link) => link.closest('tr') === row);
  const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by;
  links[next]?.focus();
}

/** Opens the row that has the focus; a button or link in it does what it does itself. */
function openRow(): boolean {
  const at = document.activeElement;
  const link = at?.closest('.main .tbl tbody tr')?.querySelector<HTMLElement>('.cell-link');
  const isOwn = at !== link && at?.matches('button, a, summary') === true;
  if (link === null || link === undefined || isOwn) return false;
  link.click();
  return true;
}

/** Rows of the view's table by `j`, `k` and Enter. */
export function useRowKeys(): void {
  useKeys({ j: () => stepRow(1), k: () => stepRow(-1), Enter: openRow });
}
