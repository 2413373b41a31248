import UFuzzy from '@leeoniya/ufuzzy';
import { type Command, commandGroups } from './command.ts';

/** A command that fits, with the parts of its title that were looked for. */
export interface Found {
  readonly command: Command;
  /** Pairs of from and to in the title. */
  readonly marks: readonly (readonly [number, number])[];
}

/** A heading with what stands below it. */
export interface FoundGroup {
  readonly title: string;
  readonly found: readonly Found[];
}

// Letters may be left out of each word; if nothing fits so, two may be swapped or one be too many.
const short = new UFuzzy({ intraMode: 0, intraIns: 3 });
const mistyped = new UFuzzy({ intraMode: 1, intraSub: 0 });
/** Words in any order, as long as there are not too many orders to try. */
const orders = 3;
/** A group shows no more than this many. */
const most = 8;

/** Commands that fit, the best first in each group, and the group of the best first. Nothing asked: recent ones, then what can be done. */
export function find(
  commands: readonly Command[],
  asked: string,
  recent: readonly string[],
): readonly FoundGroup[] {
  const text = asked.trim();
  if (text === '') return unasked(commands, recent);
  const ranked = rank(commands, text, recent);
  const order = [...new Set(ranked.map(({ command }) => command.group))];
  return order.map((group) => ({
    title: group,
    found: ranked.filter(({ command }) => command.group === group).slice(0, most),
  }));
}

const plain = (command: Command): Found => ({ command, marks: [] });

function unasked(commands: readonly Command[], recent: readonly string[]): readonly FoundGroup[] {
  const lately = recent.flatMap((id) => commands.find((each) => each.id === id) ?? []);
  const groups = commandGroups
    .filter((group) => group === 'Commands' || group === 'Go to')
    .map((title) => ({
      title,
      found: commands.filter((each) => each.group === title && !lately.includes(each)).map(plain),
    }));
  return [{ title: 'Recent', found: lately.map(plain) }, ...groups].filter(
    ({ found }) => found.length > 0,
  );
}

/** Titles that have the text as it is, recent ones first; then those that nearly have it; then what is beside a title. */
function rank(commands: readonly Command[], text: string, recent: readonly string[]): Found[] {
  const titles = commands.map(({ title }) => title);
  const near = matches(titles, text);
  const others = commands.filter((_, at) => near.every(([found]) => found !== at));
  const words = text.toLowerCase().split(/\s+/);
  const beside = others.filter((each) => {
    const all = `${each.title} ${each.about} ${each.words ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const has = ([at]: Match) => titles[at]?.toLowerCase().includes(text.toLowerCase()) === true;
  const place = ([at]: Match) => {
    const used = recent.indexOf(commands[at]?.id ?? '');
    return used < 0 ? recent.length : used;
  };
  return [
    ...near.filter(has).toSorted((a, b) => place(a) - place(b)),
    ...near.filter((match) => !has(match)),
  ]
    .map(([at, marks]) => ({ command: commands[at] as Command, marks }))
    .concat(beside.map(plain));
}

type Match = readonly [at: number, marks: readonly (readonly [number, number])[]];

function matches(texts: readonly string[], needle: string): Match[] {
  const left = short.search([...texts], needle, orders);
  const [indexes, info, order] =
    (left[0]?.length ?? 0) > 0 ? left : mistyped.search([...texts], needle, orders);
  if (indexes === null) return [];
  if (info === null || order === null) return indexes.map((at) => [at, []]);
  return order.flatMap((place) => {
    const at = info.idx[place];
    return at === undefined ? [] : [[at, pairs(info.ranges[place] ?? [])] as const];
  });
}

function pairs(flat: readonly number[]): (readonly [number, number])[] {
  return flat.flatMap((from, at) => (at % 2 === 0 ? [[from, flat[at + 1] ?? from] as const] : []));
}
