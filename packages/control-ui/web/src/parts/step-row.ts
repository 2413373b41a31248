/** Moves the focus to the link of the next or previous row of the view's table. */
export function stepRow(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('table.rows tbody .cell-link')];
  const row = document.activeElement?.closest('tr') ?? null;
  const at = links.findIndex((link) => link.closest('tr') === row);
  const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by;
  links[next]?.focus();
}
