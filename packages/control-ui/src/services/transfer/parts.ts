import { type Problem, targetStrategies } from '@trafficinator/contract';
import type { ExportFile, RequestMistake } from '@trafficinator/contract/rest';
import { type DocumentKind, documentKinds, type Preset } from '../../ports/store/material.ts';
import type { Store } from '../../ports/store/store.ts';
import { mistakeOf } from '../../refusal.ts';
import { formProblems, merged, readValues, withoutOwn } from '../fleet/settings-in-force.ts';
import { compact, funnelMistake, judgeFunnel } from '../funnels/funnel-text.ts';
import { fitsPreferences } from '../preferences.ts';
import { judgedPreset } from '../presets/judged-preset.ts';
import { withoutLentToken } from '../targets/lending.ts';
import { targetsIn, valuesWith } from '../targets/target-list.ts';
import { withToken } from '../targets/tokens.ts';
import { isSaved } from './export.ts';
import { type Conflict, type Planned, planRows, refusedItem } from './import-plan.ts';

type Values = Readonly<Record<string, unknown>>;

/** Judges the text of a file; null: files of this kind are not known here. */
export type DocumentJudge = (kind: DocumentKind, text: string) => readonly RequestMistake[] | null;

const errorsOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

const settingMistakes = (values: Values, root: string): RequestMistake[] =>
  errorsOf(formProblems(readValues(values, 'plan').problems)).map((each) => mistakeOf(each, root));

export function planPresets(
  { presets }: Store,
  given: NonNullable<ExportFile['presets']>,
  conflict: Conflict,
  reserved: readonly string[],
): Promise<Planned[]> {
  const rows = given.map(({ name, description, settings }, at) => {
    const found = judgedPreset(settings, {}, false);
    const root = `/export/presets/${at}/settings`;
    const errors = errorsOf(found.problems).map((each) => mistakeOf(each, root));
    return { row: { name, description, settings: found.settings, with_secrets: false }, errors };
  });
  return planRows('preset', presets, rows, conflict, reserved, {
    renamed: (row, name) => ({ ...row, name }),
    over: withItsSecrets,
  });
}

/** An export has no secrets: those of the preset that is replaced stay, where they still fit. */
function withItsSecrets<T extends Pick<Preset, 'settings' | 'with_secrets'>>(
  row: T,
  there: Preset,
): T {
  if (!there.with_secrets) return row;
  const { settings, ok } = judgedPreset(row.settings, there.settings, true);
  if (!ok) return row;
  const own = withoutLentToken(there.settings, settings, row.settings).values;
  return { ...row, settings: own, with_secrets: true };
}

export function planFunnels(
  { funnels }: Store,
  given: NonNullable<ExportFile['funnels']>,
  conflict: Conflict,
): Promise<Planned[]> {
  const rows = given.map((written, at) => {
    const { funnel, errors } = judgeFunnel(written);
    const root = `/export/funnels/${at}`;
    const name = funnel?.name ?? `funnel ${at + 1}`;
    const kept = funnel === null ? {} : compact(funnel);
    const { enabled = true, priority = 0 } = funnel ?? {};
    return {
      row: { name, enabled, priority, funnel: kept },
      errors: errors.map((each) => funnelMistake(each, root, true)),
    };
  });
  return planRows('funnel', funnels, rows, conflict, [], {
    renamed: (row, name) => ({ ...row, name, funnel: { ...row.funnel, name } }),
    over: (row) => row,
  });
}

export async function planDocuments(
  { documents }: Store,
  given: NonNullable<ExportFile['documents']>,
  conflict: Conflict,
  judge: DocumentJudge,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const kind of documentKinds) {
    const content = kind === 'targets' ? undefined : given[kind];
    if (content === undefined) continue;
    const before = await documents.get(kind);
    const errors = judge(kind, content) ?? [unknownKind(kind)];
    planned.push(
      only('document', kind, errors, before !== null, conflict, async () => {
        await documents.put(kind, content, before?.version ?? null);
        return () =>
          before === null ? documents.clear(kind, null) : documents.put(kind, before.content, null);
      }),
    );
  }
  return planned;
}

/** Tokens are never in an export: those that are kept stay with their addresses. */
export async function planSettings(
  { settings: store }: Store,
  given: ExportFile['settings'],
  conflict: Conflict,
): Promise<Planned[]> {
  if (given === undefined) return [];
  const before = await store.get();
  const own = withoutOwn(given.values).values;
  const tokens = targetsIn(before.values).targets;
  const base = withoutLentToken(before.values, merged(before.values, own, true), own).values;
  const list = given.targets?.map((each) => withToken(each, each.name, tokens).target);
  const asked = targetStrategies.find((each) => each === own.target_strategy);
  const values = list === undefined ? base : valuesWith(base, list, asked ?? 'weighted');
  const errors = settingMistakes(values, '/export/settings/values');
  return [
    only('settings', 'settings', errors, isSaved(before.values), conflict, async () => {
      await store.put(values, given.preset, before.version);
      return () => store.put(before.values, before.preset, null);
    }),
  ];
}

export async function planPreferences(
  { preferences: store }: Store,
  given: ExportFile['preferences'],
  conflict: Conflict,
  key_id: number,
): Promise<Planned[]> {
  if (given === undefined) return [];
  const before = await store.get(key_id);
  const errors = fitsPreferences(given) ? [] : [tooLarge];
  return [
    only('preferences', 'preferences', errors, before.version > 0, conflict, async () => {
      await store.put(key_id, given, before.version);
      return () => store.put(key_id, before.values, null);
    }),
  ];
}

/** What there is once only: it cannot have another name, so without `replace` what is there stays. */
function only(
  kind: 'document' | 'settings' | 'preferences',
  name: string,
  errors: readonly RequestMistake[],
  isThere: boolean,
  conflict: Conflict,
  apply: NonNullable<Planned['apply']>,
): Planned {
  if (errors.length > 0) return refusedItem(kind, name, [...errors]);
  const item = { kind, name, as: null, errors: [] };
  if (isThere && conflict !== 'replace')
    return { item: { ...item, action: 'skipped' }, apply: null };
  return { item: { ...item, action: isThere ? 'replaced' : 'created' }, apply };
}

const unknownKind = (kind: string): RequestMistake => ({
  pointer: `/export/documents/${kind}`,
  field: kind,
  code: 'request_invalid',
  severity: 'error',
  message: `This version of the service knows no ${kind}.`,
  remedy: 'Leave it out.',
});

const tooLarge: RequestMistake = {
  pointer: '/export/preferences',
  field: 'preferences',
  code: 'request_too_large',
  severity: 'error',
  message: 'Preferences may have 64 KiB as JSON.',
  remedy: 'Keep less.',
};
