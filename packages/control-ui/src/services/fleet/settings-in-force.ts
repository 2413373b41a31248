import {
  isSecret,
  type Problem,
  problem,
  type ReadSettings,
  readSettings,
  type Setting,
  type SettingName,
  settingList,
} from '@trafficinator/contract';
import { maskedTargets, withKeptTokens } from '../target-tokens.ts';
import { isMask } from '../targets/masks.ts';

/**
 * New values over the kept ones. A secret that is blank or masked keeps what is there; null clears it, as it
 * puts any other setting back to its default. `replace`: what the new values leave out is not kept, secrets aside.
 */
export function merged(
  kept: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  replace: boolean,
): Record<string, unknown> {
  const base = replace
    ? Object.fromEntries(Object.entries(kept).filter(([name]) => secretName(name)))
    : { ...kept };
  for (const [written, value] of Object.entries(given)) {
    const name = written.toLowerCase();
    if (secretName(name) && (value === '' || isMask(value))) continue;
    if (value === null) delete base[name];
    else if (name === 'targets' && typeof value === 'string') {
      base.targets = withKeptTokens(value, typeof kept.targets === 'string' ? kept.targets : null);
    } else base[name] = value;
  }
  return base;
}

const secretName = (name: string): boolean =>
  Object.hasOwn(settingList, name) && isSecret(name as SettingName);

/** Settings that the service decides for its loaders. */
const decidedHere: ReadonlySet<string> = new Set([
  'auto_start',
  'start_check_interval',
  'status_host',
  'status_port',
  'backfill_enabled',
  'backfill_run_once',
  'shard',
  'run_started_at',
  'allow_private_targets',
]);

/**
 * What a client may not decide: how the service drives its loaders, and paths. A path would let a client
 * have files read that it cannot read itself.
 */
export function isDecidedHere(name: string): boolean {
  if (decidedHere.has(name)) return true;
  if (!Object.hasOwn(settingList, name)) return /_file$/.test(name);
  const setting: Setting = settingList[name as SettingName];
  return setting.kind === 'text' && setting.format === 'path';
}

/** Values without those that the service decides, with a notice for each that said something. */
export function withoutOwn(values: Readonly<Record<string, unknown>>): {
  readonly values: Record<string, unknown>;
  readonly problems: readonly Problem[];
} {
  const entries = Object.entries(values).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const own = entries.filter(([name]) => isDecidedHere(name));
  return {
    values: Object.fromEntries(entries.filter(([name]) => !isDecidedHere(name))),
    problems: own
      .filter(([, value]) => value !== null && value !== '')
      .map(([name]) =>
        problem('setting_unused_here', {
          fields: [name],
          source: 'config',
          message: `The service decides ${name.toUpperCase()} for its loaders.`,
          remedy: 'Leave it out; URLs, funnels and events have their own addresses here.',
        }),
      ),
  };
}

/** Reads values as the loader will: the same rules, the same problems. Secrets never show. */
export function readValues(
  values: Readonly<Record<string, unknown>>,
  purpose: 'send' | 'plan',
): ReadSettings {
  return readSettings({
    environment: { SETTINGS_FILE: 'config' },
    readFile: () => JSON.stringify(values),
    purpose,
  });
}

/** The problems without where they came from: a person wrote them into a form. */
export function formProblems(problems: readonly Problem[]): Problem[] {
  return problems.map((found) => ({ ...found, source: 'config' }));
}

/** Values as anybody may see them: secrets as `***`. */
export function maskedValues(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name === 'targets' && typeof value === 'string') return [name, maskedTargets(value)];
      return [name, secretName(name) ? '***' : value];
    }),
  );
}
