import type { RunState, Settings, Target, TargetList } from '@trafficinator/contract';
import { CapGate } from './account/cap-gate.ts';
import { Caps } from './account/caps.ts';
import type { LiveState } from './account/live-state.ts';
import { orderPrefixOf } from './edge/identity.ts';
import { userAgent } from './edge/version.ts';
import type { LiveIdentity } from './live-identity.ts';
import type { Clock } from './pace/clock.ts';
import { sparing } from './plan/features.ts';
import type { Material } from './plan/material/material.ts';
import { compilePlan } from './plan/plan.ts';
import { compileRouter } from './route/router.ts';
import { LiveRun } from './run.ts';
import type { Delivery } from './run-parts.ts';
import { HttpTransport } from './send/transport.ts';
import { Routes, type TargetRun, TargetsRun } from './targets-run.ts';

export interface LiveTargetsParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly material: Material;
  readonly ca: string | null;
  readonly list: TargetList;
  /** One for all targets; with `independent` one for each. */
  readonly sources: readonly { readonly state: LiveState; readonly identity: LiveIdentity }[];
  /** The memory of a target with caps of its own. */
  readonly ownState: (target: Target) => LiveState;
  readonly duration_ms: number | null;
  readonly changed: (state: RunState, reason: string | null, target: string) => void;
  readonly beat: () => void;
}

/** Wires a live run to all its targets: one schedule and one set of caps, or with `independent` one each. */
export function liveTargets(parts: LiveTargetsParts): TargetsRun {
  const { list, settings, sources } = parts;
  const { targets, strategy } = list;
  const runs: TargetRun[] = [];
  const router = compileRouter(strategy, targets, sources[0]?.identity.seed ?? 0);
  const healthy = settings.reroute ? (at: number) => runs[at]?.run.healthy ?? false : null;
  const routes = new Routes(router, targets.length, healthy);
  const gates = sources.map(
    ({ state, identity }) =>
      new CapGate(capsOf(settings, state, identity.from.visits), strategy === 'mirror'),
  );
  for (const [at, target] of targets.entries()) {
    const source = sources[sources.length > 1 ? at : 0] as (typeof sources)[number];
    const gate = gates[sources.length > 1 ? at : 0] as CapGate;
    const { identity, state } = source;
    const plan = sparing(compilePlan(settings, parts.material, identity.seed), target.features);
    const run: LiveRun = new LiveRun({
      clock: parts.clock,
      settings,
      plan,
      funnels: parts.material.funnels,
      seed: identity.seed,
      delivery: deliveryOf(settings, target, parts.ca),
      state,
      gate,
      own_caps: ownCaps(settings, target, parts.ownState, parts.clock.now()),
      visits_per_day: visitsPerDay(settings, target, strategy),
      mine: (index) => routes.leadTo(at, index),
      sole: targets.length === 1,
      query: {
        site_id: target.site_id,
        with_location: withLocation(settings, target),
        order_prefix: orderPrefixOf(identity.run_id),
      },
      from: identity.from,
      duration_ms: parts.duration_ms,
      ledger: null,
      events: {
        changed: (state_, reason) => parts.changed(all.became(run, state_), reason, target.name),
        beat: at === 0 ? parts.beat : () => {},
      },
    });
    runs.push({ target, run });
  }
  const all = new TargetsRun(runs, strategy);
  return all;
}

const capsOf = (settings: Settings, state: LiveState, visits: number): Caps =>
  new Caps(state, settings.timezone, settings.max_visits_per_day, settings.max_visits, visits);

/** Without a token Matomo refuses IPs and countries. */
const withLocation = (settings: Settings, target: Target): boolean =>
  target.token_auth !== null && settings.randomize_visitor_countries && target.features.countries;

function visitsPerDay(settings: Settings, target: Target, strategy: string): number {
  const own = strategy === 'independent' ? target.target_visits_per_day : null;
  return own ?? settings.target_visits_per_day;
}

function ownCaps(
  settings: Settings,
  target: Target,
  ownState: (target: Target) => LiveState,
  started_at_ms: number,
): Caps | null {
  const { max_visits_per_day: perDay, max_visits: inAll } = target;
  if (perDay === null && inAll === null) return null;
  const state = ownState(target);
  if (state.latest() === null) {
    const begun = { run_id: `target-${target.name}`, seed: 0, started_at_ms, settings_digest: '' };
    state.begin(begun);
  }
  return new Caps(state, settings.timezone, perDay ?? 0, inAll ?? 0, state.latest()?.visits ?? 0);
}

function deliveryOf(settings: Settings, target: Target, ca: string | null): Delivery {
  const transport = new HttpTransport({
    url: target.url,
    token: target.token_auth,
    connections: Math.min(settings.max_connections, settings.concurrency),
    connect_timeout_ms: settings.connect_timeout_seconds * 1000,
    request_timeout_ms: settings.request_timeout_seconds * 1000,
    ca,
    tls_insecure: settings.tls_insecure,
    user_agent: userAgent,
  });
  const wanted = target.delivery === 'auto' ? settings.delivery : target.delivery;
  const bulk = wanted === 'bulk' && settings.visit_pacing === 'compressed';
  return bulk
    ? { kind: 'bulk', transport, token: target.token_auth }
    : { kind: 'single', transport };
}
