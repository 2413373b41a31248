import { defaultSettings, type Settings, type StatusSnapshot } from '@trafficinator/contract';
import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Books } from '../account/books.ts';
import { Ledger } from '../account/ledger/ledger.ts';
import type { DayCounts } from '../account/ledger/metrics.ts';
import { MemoryState } from '../account/memory-state.ts';
import { orderPrefixOf, settingsDigest } from '../edge/identity.ts';
import { userAgent, version } from '../edge/version.ts';
import { LiveSession } from '../live-session.ts';
import type { Clock } from '../pace/clock.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import type { LiveRun } from '../run.ts';
import { HttpTransport } from '../send/transport.ts';
import { soleRun } from '../sole-run.ts';
import { recordedBy } from './recorded.ts';

/** Visits that arrive per second: quick to watch, slow enough to see. */
const visitsPerSecond = 200;

export interface DemoOptions {
  readonly visits: number;
  readonly seed: number;
  /** Of the loader and the stand-in both. */
  readonly clock: Clock;
  readonly running: (run: LiveRun) => void;
  readonly beat: (status: StatusSnapshot) => void;
}

/** A demo that ran: what the ledger predicted and what the stand-in reported. */
export interface DemoOutcome {
  readonly planned: DayCounts;
  readonly recorded: DayCounts;
  readonly settings: Settings;
  readonly books: Books;
  readonly achieved_per_day: number;
  readonly started_at_ms: number;
}

/** Sends visits to a stand-in Matomo in this process and asks it for its reports. */
export async function runDemo(options: DemoOptions): Promise<DemoOutcome> {
  const { clock } = options;
  const settings = { ...defaultSettings, seed: options.seed };
  const standIn = await startFakeMatomo({
    now: () => clock.now(),
    default_site: { timezone: settings.timezone },
  });
  try {
    return await against(standIn, options, {
      ...settings,
      matomo_url: standIn.tracker_url,
      matomo_token_auth: standIn.token,
      target_visits_per_day: visitsPerSecond * 86_400,
      max_visits: options.visits,
      concurrency: 200,
      max_lateness_seconds: 600,
      pause_between_pvs_min: 0,
      pause_between_pvs_max: 0,
    });
  } finally {
    await standIn.close();
  }
}

async function against(
  standIn: FakeMatomo,
  options: DemoOptions,
  settings: Settings,
): Promise<DemoOutcome> {
  const { clock } = options;
  const mainUrl = standIn.sites.get(settings.matomo_site_id)?.main_url;
  const ledger = new Ledger({
    timezone: settings.timezone,
    main_urls: mainUrl === undefined ? [] : [mainUrl],
  });
  const session = new LiveSession(clock, version, settings, []);
  const run = demoRun(options, settings, session, ledger);
  session.view = run;
  options.running(run);
  const started_at_ms = clock.now();
  await run.start();
  const recorded = await recordedBy(
    standIn.url,
    standIn.token,
    settings.matomo_site_id,
    started_at_ms,
  );
  return {
    planned: ledger.total(),
    recorded,
    settings,
    books: run.books,
    achieved_per_day: run.achievedPerDay,
    started_at_ms,
  };
}

function demoRun(
  { clock, seed, beat }: DemoOptions,
  settings: Settings,
  session: LiveSession,
  ledger: Ledger,
): LiveRun {
  const run_id = demoRunId(seed);
  const state = new MemoryState();
  state.begin({
    run_id,
    seed,
    started_at_ms: clock.now(),
    settings_digest: settingsDigest(settings),
  });
  return soleRun({
    clock,
    settings,
    plan: compilePlan(settings, builtinMaterial(), seed),
    seed,
    transport: new HttpTransport({
      url: settings.matomo_url ?? '',
      token: settings.matomo_token_auth,
      connections: 16,
      connect_timeout_ms: 10_000,
      request_timeout_ms: 30_000,
      ca: null,
      tls_insecure: false,
      allow_private: true,
      user_agent: userAgent,
    }),
    state,
    query: {
      site_id: settings.matomo_site_id,
      with_location: true,
      order_prefix: orderPrefixOf(run_id),
    },
    from: { index: 0, visits: 0, active_ms: 0 },
    started_at_ms: clock.now(),
    duration_ms: null,
    ledger,
    events: {
      changed: (to, reason) => session.become(to, reason),
      beat: () => {
        session.beat();
        beat(session.status());
      },
    },
  });
}

export const demoRunId = (seed: number): string => `demo-${seed}`;
