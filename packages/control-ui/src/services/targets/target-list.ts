import {
  defaultSettings,
  type Settings,
  type Target,
  type TargetStrategy,
  targetEntries,
} from '@trafficinator/contract';
import type { TargetItem } from '@trafficinator/contract/rest';
import { readValues } from '../fleet/settings-in-force.ts';

type Values = Readonly<Record<string, unknown>>;
export type WrittenTarget = Readonly<Record<string, unknown>>;

/** The targets that settings name, as they are kept: tokens included, switched-off ones too. */
export interface KeptTargets {
  readonly source: 'list' | 'single' | 'none';
  readonly strategy: TargetStrategy;
  readonly targets: readonly Target[];
}

export function targetsIn(values: Values): KeptTargets {
  const { settings } = readValues(values, 'plan');
  const { strategy, targets } = targetEntries(settings);
  const source = settings.targets !== null ? 'list' : targets.length > 0 ? 'single' : 'none';
  return { source, strategy, targets };
}

const ofOne = ['matomo_url', 'matomo_site_id', 'matomo_token_auth'] as const;

/** The settings with these targets instead of those that they name. */
export function valuesWith(
  values: Values,
  targets: readonly WrittenTarget[],
  strategy: TargetStrategy,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...values };
  for (const name of [...ofOne, 'targets', 'target_strategy']) delete next[name];
  if (targets.length === 0) return next;
  next.targets = JSON.stringify(targets);
  next.target_strategy = strategy;
  return next;
}

/** The settings that a list alone would make: its own mistakes without those of anything else. */
export function listSettings(targets: readonly WrittenTarget[]): Settings {
  return { ...defaultSettings, targets: JSON.stringify(targets) };
}

/** A target as anybody may see it. */
export function shownTarget({ token_auth, features, ...target }: Target): TargetItem {
  return { ...target, token_auth: token_auth === null ? null : '***', features: { ...features } };
}
