import {
  inShard,
  type Settings,
  shardOf,
  shareOf,
  type Target,
  type TargetStrategy,
} from '@trafficinator/contract';
import { CapGate } from './account/cap-gate.ts';
import { Caps } from './account/caps.ts';
import type { LiveState } from './account/live-state.ts';
import { orderPrefixOf } from './edge/identity.ts';
import { type LiveSource, volumeOfGroup, wholeVolumeOf } from './live-sources.ts';
import type { Clock } from './pace/clock.ts';
import { liveCrowd } from './pace/live-crowd.ts';
import { sparing } from './plan/features.ts';
import type { Material } from './plan/material/material.ts';
import { compilePlan } from './plan/plan.ts';
import { compileRouter } from './route/router.ts';
import { Routes } from './route/routes.ts';
import { LiveRun } from './run.ts';
import type { Delivery } from './run-parts.ts';
import { type StateChange, type TargetRun, TargetsRun } from './targets-run.ts';

export interface LiveTargetsParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly material: Material;
  readonly strategy: TargetStrategy;
  /** One for all targets; with `independent` one for each. */
  readonly sources: readonly LiveSource[];
  /** One target is all there is: when it refuses or does not answer from the start, the run is over. */
  readonly sole: boolean;
  readonly delivery: (target: Target) => Delivery;
  /** The memory of a target with caps of its own. */
  readonly ownState: (target: Target) => LiveState;
  readonly duration_ms: number | null;
  readonly changed: (change: StateChange) => void;
  /** Called about once a second while a run is under way. */
  readonly beat: () => void;
}

/** Wires a live run to all its targets: one schedule and one set of caps, or with `independent` one each. */
export function liveTargets(parts: LiveTargetsParts): TargetsRun {
  const { settings, sources, strategy } = parts;
  const shard = shardOf(settings);
  const targets = sources.flatMap((source) => source.targets);
  const runs: LiveRun[] = [];
  const router = compileRouter(strategy, targets, sources[0]?.identity.seed ?? 0);
  const healthy = settings.reroute ? (at: number) => runs[at]?.healthy ?? false : null;
  const routes = new Routes(router, targets.length, healthy);
  const bySource = sources.map((source) => {
    const { state, identity } = source;
    const volume = volumeOfGroup(settings, strategy, source.targets);
    const gate = new CapGate(
      new Caps(
        state,
        settings.timezone,
        volume.max_visits_per_day,
        volume.max_visits,
        identity.from.visits,
      ),
      strategy === 'mirror',
    );
    const crowd = liveCrowd(settings, parts.material, identity.seed, volume.visits_per_day);
    const runTo = (target: Target): TargetRun => {
      const at = runs.length;
      const plan = sparing(
        compilePlan(settings, parts.material, identity.seed, crowd),
        target.features,
      );
      const run: LiveRun = new LiveRun({
        clock: parts.clock,
        settings,
        plan,
        funnels: parts.material.funnels,
        slow_calls: parts.material.behaviour?.slow_calls ?? null,
        seed: identity.seed,
        delivery: parts.delivery(target),
        state,
        gate,
        own_caps: strategy === 'independent' ? null : ownCaps(parts, target),
        volume,
        visits_per_day: wholeVolumeOf(settings, strategy, source.targets).visits_per_day,
        mine: (index) => inShard(shard, index) && routes.leadTo(at, index),
        sole: parts.sole,
        query: {
          site_id: target.site_id,
          with_location: withLocation(settings, target),
          order_prefix: orderPrefixOf(identity.run_id),
        },
        from: identity.from,
        started_at_ms: identity.started_at_ms,
        duration_ms: parts.duration_ms,
        ledger: null,
        events: {
          changed: (to, reason) => all.became({ target, run }, to, reason),
          refused: () => all.refusedBy(run),
          beat: () => {
            if (all.leads(run)) parts.beat();
          },
        },
      });
      runs.push(run);
      return { target, run };
    };
    return { source, volume, runs: source.targets.map(runTo) };
  });
  const all = new TargetsRun(bySource, strategy, parts.changed);
  return all;
}

/** Without a token Matomo refuses IPs and countries. */
const withLocation = (settings: Settings, target: Target): boolean =>
  target.token_auth !== null && settings.randomize_visitor_countries && target.features.countries;

function ownCaps({ settings, ownState, clock }: LiveTargetsParts, target: Target): Caps | null {
  const { max_visits_per_day: perDay, max_visits: inAll } = target;
  if (perDay === null && inAll === null) return null;
  const state = ownState(target);
  if (state.latest() === null) {
    const run_id = `target-${target.name}`;
    state.begin({ run_id, seed: 0, started_at_ms: clock.now(), settings_digest: '' });
  }
  const shard = shardOf(settings);
  const shares = [shareOf(shard, perDay ?? 0), shareOf(shard, inAll ?? 0)] as const;
  return new Caps(state, settings.timezone, ...shares, state.latest()?.visits ?? 0);
}
