import { computed, signal } from '@preact/signals';
import { type ReadSettings, readSettings, type SettingName } from '@trafficinator/contract';
import type { settingsAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { ask } from '../../api/client.ts';
import { type Described, described } from './described.ts';
import { forgetDraft, keepDraft, keptDraft } from './draft.ts';

/** What the service gave: the list that makes the form, and what is saved. */
export interface Saved extends Omit<z.output<typeof settingsAnswer>, 'list'> {
  readonly list: Readonly<Record<string, Described>>;
  readonly etag: string;
}

/** New values by name; null: back to the default (of a secret: cleared). */
export type Changes = Readonly<Record<string, unknown>>;

interface Edited {
  readonly changes: Changes;
  /** The preset that was loaded into the form, to be named when it is applied. */
  readonly preset: string | undefined;
}

const nothing: Edited = { changes: {}, preset: undefined };

export const saved = signal<Saved | null>(null);
const edited = signal<Edited>(nothing);
const steps = signal<readonly Edited[]>([]);
/** The field that was changed last: typing on in it is one step to undo. */
let lastField: string | null = null;

/** While they are being applied, what is saved is about to become what is in the form. */
export const applying = signal(false);

export const changes = computed(() => edited.value.changes);
export const loadedPreset = computed(() => edited.value.preset);
/** In the order of the list. */
export const changedNames = computed(() =>
  Object.keys(saved.value?.list ?? {}).filter((name) => Object.hasOwn(changes.value, name)),
);
export const canUndo = computed(() => steps.value.length > 0);

/** Reads the saved settings; changes that were not applied stay. */
export async function load(): Promise<Saved> {
  const { value, etag } = await ask<z.output<typeof settingsAnswer>>('GET', '/api/settings');
  return { ...value, list: described(value.list), etag: etag ?? '' };
}

/** Takes what was read as the ground that changes are made on. */
export function settle(fresh: Saved): void {
  const first = saved.value === null;
  saved.value = fresh;
  const before = first && changedNames.value.length === 0 ? keptDraft() : edited.value;
  edited.value = { ...before, changes: onGround(fresh, before.changes) };
}

/** Sets a field; a value that is the saved one is no change. */
export function change(name: string, value: unknown): void {
  if (saved.value === null) return;
  step(name);
  edited.value = {
    ...edited.value,
    changes: onGround(saved.value, { ...changes.value, [name]: value }),
  };
  keepDraft(edited.value, secretNames());
}

/** Many at once, as from a preset or a file: one step to undo. */
export function changeMany(values: Changes, preset?: string): void {
  if (saved.value === null) return;
  step(null);
  const all = { ...changes.value, ...values };
  edited.value = { changes: onGround(saved.value, all), preset: preset ?? edited.value.preset };
  keepDraft(edited.value, secretNames());
}

/** Takes one change back. */
export function takeBack(name: string): void {
  step(null);
  const { [name]: _, ...others } = changes.value;
  edited.value = { ...edited.value, changes: others };
  keepDraft(edited.value, secretNames());
}

export function discardAll(): void {
  step(null);
  edited.value = nothing;
  keepDraft(edited.value, secretNames());
}

export function undo(): void {
  const before = steps.value.at(-1);
  if (before === undefined) return;
  steps.value = steps.value.slice(0, -1);
  lastField = null;
  edited.value = before;
  keepDraft(edited.value, secretNames());
}

/** After they were applied: nothing is left to do or to undo. */
export function applied(): void {
  edited.value = nothing;
  steps.value = [];
  lastField = null;
  forgetDraft();
}

function step(field: string | null): void {
  if (field !== null && field === lastField) return;
  lastField = field;
  steps.value = [...steps.value.slice(-99), edited.value];
}

const secretNames = (): ReadonlySet<string> =>
  new Set(
    Object.values(saved.value?.list ?? {})
      .filter(({ secret }) => secret)
      .map(({ name }) => name),
  );

/** Changes without those that change nothing. */
function onGround({ list, values }: Saved, wanted: Changes): Changes {
  const left = Object.entries(wanted).flatMap(([name, given]) => {
    const setting = list[name];
    if (setting === undefined) return [];
    const value = !setting.secret && same(given, setting.default) ? null : given;
    if (value === undefined || (setting.secret && value === '')) return [];
    const before = values[name] ?? null;
    const isBefore = same(value, before) || (value === null && same(before, setting.default));
    return isBefore ? [] : [[name, value] as const];
  });
  return Object.fromEntries(left);
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A field's value as it would be. */
export function formValue(name: string): unknown {
  const ground = saved.value;
  const given = Object.hasOwn(changes.value, name) ? changes.value[name] : ground?.values[name];
  return given ?? ground?.list[name]?.default ?? null;
}

/** A field's value as it is saved. */
export const savedValueOf = (name: string): unknown =>
  saved.value?.values[name] ?? saved.value?.list[name]?.default ?? null;

/** All values that somebody wrote down, as they would be. */
export const written = computed(() => {
  const all = { ...saved.value?.values, ...changes.value };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
});

/** The verdict of the contract's own rules on the form as it is. Texts that are no value yet are judged as texts. */
const judged = computed<ReadSettings>(() => {
  const list = saved.value?.list ?? {};
  const isText = ([name, value]: [string, unknown]) =>
    typeof value === 'string' && list[name]?.kind !== 'text' && list[name]?.kind !== 'choice';
  const entries = Object.entries(written.value);
  const typed = JSON.stringify(Object.fromEntries(entries.filter((each) => !isText(each))));
  const assignments = entries.filter(isText).map(([name, text]) => `${name}=${text}`);
  return readSettings({
    environment: { SETTINGS_FILE: 'form' },
    layers: [{ kind: 'set', assignments }],
    readFile: () => typed,
    purpose: 'send',
  });
});

export const errors = computed(() =>
  judged.value.problems.filter(({ severity }) => severity === 'error'),
);
export const warnings = computed(() =>
  judged.value.problems.filter(({ severity }) => severity === 'warning'),
);
export const isChanged = (name: string): boolean =>
  judged.value.changed.includes(name as SettingName) ||
  !same(formValue(name), saved.value?.list[name]?.default ?? null);
