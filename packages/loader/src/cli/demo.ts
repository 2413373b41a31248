import { defaultSettings, exitCodes, type Settings } from '@trafficinator/contract';
import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { Ledger } from '../account/ledger.ts';
import { MemoryState } from '../account/memory-state.ts';
import { summaryOf } from '../account/summary.ts';
import { systemClock } from '../edge/clock.ts';
import { orderPrefixOf, settingsDigest } from '../edge/identity.ts';
import { Progress } from '../edge/progress.ts';
import { onStopSignals } from '../edge/signals.ts';
import { userAgent, version } from '../edge/version.ts';
import { LiveSession } from '../live-session.ts';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { compilePlan } from '../plan/plan.ts';
import { LiveRun } from '../run.ts';
import { HttpTransport } from '../send/transport.ts';
import { comparisonText, differences } from './comparison.ts';
import { recordedBy } from './recorded.ts';

export interface DemoFlags {
  readonly visits: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Visits that arrive per second: quick to watch, slow enough to see. */
const visitsPerSecond = 200;

/**
 * `trafficinator demo`: sends visits to a stand-in in this process, then lays what the plan predicted
 * beside what the stand-in's reports say. Resolves to 0 only if every number is equal.
 */
export async function demoCommand(flags: DemoFlags): Promise<number> {
  const standIn = await startFakeMatomo({});
  let interrupted: number | null = null;
  try {
    const settings = demoSettings(flags, standIn.tracker_url, standIn.token);
    const session = new LiveSession(systemClock, version, settings, []);
    const progress = new Progress(
      process.stderr,
      () => {},
      process.stderr.isTTY === true && !flags.json,
    );
    const run = demoRun(settings, flags.seed, session, progress);
    session.view = run;
    const forget = onStopSignals((exitCode) => {
      interrupted = exitCode;
      run.stop();
    });
    if (!flags.json) process.stderr.write(introduction(flags));
    const started_at_ms = systemClock.now();
    await run.start();
    forget();
    progress.end();
    const planned = run.books.ledger?.total() ?? new Ledger(settings.timezone).total();
    const recorded = await recordedBy(
      standIn.url,
      standIn.token,
      settings.matomo_site_id,
      started_at_ms,
    );
    const delivered = run.books.tally.visits.delivered === flags.visits;
    const equal = delivered && differences(planned, recorded).length === 0;
    const exit_code = interrupted ?? (equal ? exitCodes.ok.code : exitCodes.not_delivered.code);
    const summary = summaryOf(run.books, {
      run_id: `demo-${flags.seed}`,
      seed: flags.seed,
      settings,
      exit_code,
      exit_reason: equal ? 'Every number is equal.' : 'The numbers differ.',
      achieved_per_day: run.achievedPerDay,
      started_at_ms,
      ended_at_ms: systemClock.now(),
      resumed_from: null,
      notices: ['The target is a stand-in inside this program, not a Matomo.'],
    });
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ ...summary, equal, planned: units(planned), recorded: units(recorded) })}\n`
        : comparisonText(planned, recorded, summary),
    );
    return exit_code;
  } finally {
    await standIn.close();
  }
}

function demoSettings(flags: DemoFlags, url: string, token: string): Settings {
  return {
    ...defaultSettings,
    matomo_url: url,
    matomo_token_auth: token,
    seed: flags.seed,
    target_visits_per_day: visitsPerSecond * 86_400,
    max_visits: flags.visits,
    concurrency: 200,
    max_lateness_seconds: 600,
    pause_between_pvs_min: 0,
    pause_between_pvs_max: 0,
  };
}

function demoRun(
  settings: Settings,
  seed: number,
  session: LiveSession,
  progress: Progress,
): LiveRun {
  const state = new MemoryState();
  state.begin({
    run_id: `demo-${seed}`,
    seed,
    started_at_ms: systemClock.now(),
    settings_digest: settingsDigest(settings),
  });
  return new LiveRun({
    clock: systemClock,
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
      user_agent: userAgent,
    }),
    state,
    query: {
      site_id: settings.matomo_site_id,
      with_location: true,
      order_prefix: orderPrefixOf(`demo-${seed}`),
    },
    from: { index: 0, visits: 0, active_ms: 0 },
    duration_ms: null,
    ledger: new Ledger(settings.timezone),
    events: {
      changed: (to, reason) => session.become(to, reason),
      beat: () => {
        session.beat();
        progress.beat(session.status());
      },
    },
  });
}

const introduction = (flags: DemoFlags): string =>
  `Sending ${flags.visits} visits (seed ${flags.seed}) to a stand-in Matomo inside this program. Nothing leaves this machine.\n`;

/** The same with revenue in currency units, as Matomo's reports give it. */
function units<T extends { revenue_minor: number }>(
  metrics: T,
): Omit<T, 'revenue_minor'> & { revenue: number } {
  const { revenue_minor, ...counts } = metrics;
  return { ...counts, revenue: revenue_minor / 100 };
}
