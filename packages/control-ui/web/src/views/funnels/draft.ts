import type { Fields } from '../../api/funnels.ts';

/** A step that keeps its identity while it is edited and moved. */
export interface Step {
  readonly key: number;
  readonly fields: Fields;
}

/** A funnel under an editor's hands: as a file has it, but for the steps. */
export interface Draft {
  readonly fields: Fields;
  readonly steps: readonly Step[];
}

let lastKey = 0;
export const newStep = (fields: Fields): Step => {
  lastKey += 1;
  return { key: lastKey, fields };
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it is switched on is no part of it: the list's switch acts at once. */
export function draftOf(funnel: Fields): Draft {
  const { steps, enabled: _, ...fields } = funnel;
  const list = Array.isArray(steps) ? steps.filter(isFields) : [];
  return { fields, steps: list.map(newStep) };
}

/** As a file has it, without what is left out. */
export const writtenOf = ({ fields, steps }: Draft): Fields => ({
  ...given(fields),
  steps: steps.map((step) => given(step.fields)),
});

const given = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    ),
  );

const defaults: Fields = { description: null, priority: 0, exit_after_completion: true };

/** Every field with a path, a text for people: `steps.2.url`; what is at its default is not there. */
export function meanings(funnel: Fields): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const put = (path: string, value: unknown, standard: unknown) => {
    const isGiven = value !== null && value !== undefined && value !== '' && value !== standard;
    if (isGiven) found.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const { steps, enabled: _, ...fields } = funnel;
  for (const [name, value] of Object.entries(fields)) put(name, value, defaults[name]);
  for (const [at, step] of (Array.isArray(steps) ? steps.filter(isFields) : []).entries()) {
    for (const [name, value] of Object.entries(step)) {
      put(`steps.${at}.${name}`, value, name === 'drop_off' ? 0 : null);
    }
  }
  return found;
}

/** Paths where the two do not mean the same. */
export function differingPaths(a: Fields, b: Fields): string[] {
  const [one, other] = [meanings(a), meanings(b)];
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  return paths.filter((path) => one.get(path) !== other.get(path));
}

/** Whether three versions have the same number of steps, so that each can be merged by its fields. */
export const mergesBySteps = (...funnels: readonly Fields[]): boolean =>
  new Set(funnels.map(({ steps }) => (Array.isArray(steps) ? steps.length : 0))).size === 1;

/**
 * My draft on another ground: what I did not change is theirs now. Steps are merged one by one; where their
 * number differs they count as one, since nobody knows then which is which.
 */
export function onGround(mine: Draft, before: Fields, theirs: Fields): Draft {
  const base = draftOf(before);
  const fresh = draftOf(theirs);
  const fields = merged(mine.fields, base.fields, fresh.fields);
  if (mergesBySteps(before, theirs, writtenOf(mine))) {
    const steps = mine.steps.map(({ key, fields: own }, at) => ({
      key,
      fields: merged(own, base.steps[at]?.fields ?? {}, fresh.steps[at]?.fields ?? {}),
    }));
    return { fields, steps };
  }
  const isMine =
    differingPaths({ steps: writtenOf(mine).steps }, { steps: before.steps }).length > 0;
  return { fields, steps: isMine ? mine.steps : fresh.steps };
}

function merged(mine: Fields, before: Fields, theirs: Fields): Fields {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const all = names.map((name) => {
    const isMine = (mine[name] ?? null) !== (before[name] ?? null);
    return [name, isMine ? mine[name] : theirs[name]] as const;
  });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
