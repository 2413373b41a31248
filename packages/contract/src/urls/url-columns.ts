/** What a line of a URL file says after the address. */
export interface Columns {
  /** Empty when the line has none. */
  readonly title: string;
  /** null: the line has none. */
  readonly weight: number | null;
}

/** What is wrong with them, and what to do about it. */
interface Mistake {
  readonly message: string;
  readonly remedy: string;
}

const heaviest = 1_000_000;
const decimal = /^(\d+\.?\d*|\.\d+)$/;

/**
 * Reads title and weight, divided by a tab. Lists made by hand may have several tabs or blanks before the
 * title; a number after two tabs is a weight without a title.
 */
export function readColumns(text: string): Columns | Mistake {
  const cells = text.split('\t').map((cell) => cell.replace(/\s+/g, ' ').trim());
  const [first, second, third] = [...cells.entries()].filter(([, cell]) => cell !== '');
  if (first === undefined) return { title: '', weight: null };
  if (third !== undefined) {
    return {
      message: `After the weight stands “${third[1].slice(0, 40)}”.`,
      remedy: 'Remove it; where it belongs to the title, replace the tabs in that by blanks.',
    };
  }
  if (second !== undefined) return weighted(first[1], second[1]);
  const [column, cell] = first;
  return column === 2 && decimal.test(cell) ? weighted('', cell) : { title: cell, weight: null };
}

function weighted(title: string, cell: string): Columns | Mistake {
  const weight = decimal.test(cell) ? Number(cell) : Number.NaN;
  if (weight > 0 && weight <= heaviest) return { title, weight };
  return {
    message: `The weight “${cell.slice(0, 40)}” is no number above 0 and up to 1,000,000.`,
    remedy: 'Correct it; where it belongs to the title, replace the tab before it by a blank.',
  };
}
