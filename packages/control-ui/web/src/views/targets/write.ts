import type { TargetItem, TargetsAnswer } from '@trafficinator/contract/rest';
import { askWhichCounts, isConflict, rowsBetween } from '../../parts/conflict.tsx';
import { readTargets, type Targets } from './targets-api.ts';

/** What a change makes of the list. */
type Listed = Pick<TargetsAnswer, 'items' | 'strategy'>;

/** Says what was done, and how it is taken back. */
export type Done = (message: string, undo?: () => void) => void;

/** A change of the targets. */
export interface Write {
  readonly targets: Targets;
  /** In words: `“shop” was changed meanwhile`. */
  readonly title: string;
  /** The same change on whatever the list is by now. */
  readonly change: (listed: Listed) => Listed;
  /** Sends it against the version that is there; what is said of it. */
  readonly send: (targets: Targets) => Promise<string>;
  readonly onDone: (message: string) => void;
  /** The other version was chosen. */
  readonly onLeft: () => void;
  readonly verb?: string;
}

/**
 * Changes the targets. A change of somebody else that touches other things stays as it is; where both changed the
 * same, both versions are shown and one is chosen.
 * @throws Problem for everything else that goes wrong.
 */
export async function writeTargetsOrAsk(write: Write): Promise<void> {
  const { targets, change } = write;
  try {
    write.onDone(await write.send(targets));
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    const theirs = await readTargets();
    const after = change(targets);
    const rows = rowsBetween(textsOf(targets), textsOf(theirs), textsOf(after));
    // Who removes a target has no version of it: only what became of it meanwhile is told.
    const isRemoval = after.items.length < targets.items.length;
    const touched = new Set(rows.filter((row) => row.mine !== null).map(({ name }) => name));
    const onTop = () => writeTargetsOrAsk({ ...write, targets: theirs });
    if (!rows.some((row) => touched.has(row.name) && row.theirs !== row.before)) return onTop();
    askWhichCounts({
      title: write.title,
      rows: isRemoval
        ? rows.filter((row) => row.theirs !== row.before).map((row) => ({ ...row, mine: null }))
        : rows,
      verb: write.verb ?? 'Keep mine',
      busy: 'Saving…',
      danger: isRemoval,
      act: onTop,
      leave: write.onLeft,
    });
  }
}

/** A change of one target. */
export const withTarget =
  (name: string, edit: Partial<TargetItem>) =>
  ({ items, strategy }: Listed): Listed => ({
    items: items.map((each) => (each.name === name ? { ...each, ...edit } : each)),
    strategy,
  });

const columns = [
  ['url', 'address'],
  ['site_id', 'site id'],
  ['token_auth', 'token'],
  ['weight', 'weight'],
  ['enabled', 'on'],
  ['target_visits_per_day', 'own volume'],
  ['max_visits_per_day', 'own daily cap'],
  ['max_visits', 'own cap of the run'],
  ['delivery', 'delivery'],
] as const;

function textsOf({ items, strategy }: Listed): Map<string, string> {
  const texts = items.flatMap((target) => [
    ...columns.map(([field, word]): [string, string] => [
      `${target.name}: ${word}`,
      shown(target[field]),
    ]),
    ...Object.entries(target.features).map(([feature, on]): [string, string] => [
      `${target.name}: ${feature.replaceAll('_', ' ')}`,
      shown(on),
    ]),
  ]);
  return new Map([['How visits are divided', strategy], ...texts]);
}

function shown(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? 'none' : String(value);
}
