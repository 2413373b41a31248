import { type Problem, problem, settingGroups } from '@trafficinator/contract';
import { withoutLentToken } from '../targets/lending.ts';

type Values = Readonly<Record<string, unknown>>;

/** What names the target: a preset that has it brings its own. */
const targetOf = (values: Values): 'one' | 'list' | null => {
  if (isGiven(values.targets)) return 'list';
  return isGiven(values.matomo_url) ? 'one' : null;
};
const isGiven = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const targetNames: ReadonlySet<string> = new Set(Object.keys(settingGroups.target));

/**
 * The settings after a preset is loaded: all of its values; target and tokens stay as they are unless the
 * preset has a target. A list of targets that is saved is given up only when that is asked for.
 */
export function loaded(
  preset: Values,
  kept: Values,
  target: 'keep' | 'preset' | undefined,
): { readonly values: Values; readonly problems: readonly Problem[] } {
  const own = Object.entries(preset).filter(([name]) => !targetNames.has(name));
  const has = targetOf(preset);
  const wouldLose = targetOf(kept) === 'list' && has === 'one';
  const taken = target === 'preset' || (target === undefined && !wouldLose);
  if (has === null || !taken) {
    const values = { ...Object.fromEntries(own), ...only(kept, (name) => targetNames.has(name)) };
    const left = has === null || target === 'keep' ? [] : [listKept()];
    return { values, problems: left };
  }
  const before = only(kept, (name) => targetNames.has(name));
  if (has === 'list') {
    for (const name of ['matomo_url', 'matomo_site_id', 'matomo_token_auth']) delete before[name];
  } else {
    delete before.targets;
    delete before.target_strategy;
  }
  return withoutLentToken(kept, { ...before, ...preset }, preset);
}

function only(values: Values, wanted: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}

function listKept(): Problem {
  return problem('setting_unused_here', {
    fields: ['matomo_url'],
    source: 'config',
    message: 'The preset has a target of its own; the saved list of targets stays instead.',
    remedy: 'Load it with "target": "preset" to give the list up.',
  });
}
