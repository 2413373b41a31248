import { shardOf } from '../shard.ts';
import { targetsOf } from '../targets.ts';
import { finding, type Rule } from './rule.ts';

/** Processes agree on visits and moments only when both are given. */
export const shardsAgree: Rule = {
  reads: ['shard', 'seed', 'run_started_at'],
  check: (settings, given, purpose) => {
    if (settings.shard === null || purpose !== 'send') return [];
    const problems = [];
    if (settings.seed === null) {
      problems.push(
        finding(given, ['shard', 'seed'], 'shard_needs_seed', {
          message: 'SHARD needs a SEED: without one each process plans other visits.',
          remedy: 'Set the same SEED for all processes of the run.',
        }),
      );
    }
    if (settings.run_started_at === null) {
      problems.push(
        finding(given, ['shard', 'run_started_at'], 'shard_needs_start', {
          message: 'SHARD needs RUN_STARTED_AT: without it each process has a schedule of its own.',
          remedy:
            'Set the same moment for all processes of the run, a few seconds ahead, such as 2026-05-01T12:00:00Z.',
        }),
      );
    }
    return problems;
  },
};

/** A share of 0 would be no cap. */
export const shardsHaveShares: Rule = {
  live: true,
  reads: ['shard', 'max_visits', 'max_visits_per_day', 'targets', 'target_strategy', 'matomo_url'],
  check: (settings, given) => {
    const shard = shardOf(settings);
    if (shard === null) return [];
    const tooSmall = (cap: number | null) => cap !== null && cap > 0 && cap < shard.count;
    const names = (['max_visits', 'max_visits_per_day'] as const).filter(
      (name) =>
        tooSmall(settings[name]) ||
        targetsOf(settings).list.targets.some((target) => tooSmall(target[name])),
    );
    return names.map((name) =>
      finding(given, [name, 'shard'], 'shard_without_share', {
        message: `${name.toUpperCase()} is smaller than the number of shards (${shard.count}), so some would have nothing to do.`,
        remedy: `Set it to ${shard.count} or more, or use fewer shards.`,
      }),
    );
  },
};

export const shardsAreLive: Rule = {
  reads: ['shard'],
  check: (settings, given, purpose) => {
    if (settings.shard === null || purpose !== 'backfill') return [];
    return [
      finding(given, ['shard'], 'shard_not_in_backfill', {
        message: 'A backfill cannot be divided into shards: one journal holds what was sent.',
        remedy: 'Unset SHARD. BULK_LANES makes a backfill faster.',
      }),
    ];
  },
};
