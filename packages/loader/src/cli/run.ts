import {
  formatProblem,
  type Problem,
  type ReadSettings,
  type RunSummary,
} from '@trafficinator/contract';
import type { LiveJournal } from '../account/journal.ts';
import { StateError } from '../account/live-state.ts';
import type { StatusServer } from '../account/server.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { type Log, openLog } from '../edge/log.ts';
import { logSettings } from '../edge/log-settings.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { onStopSignals } from '../edge/signals.ts';
import { openState, stateFailure } from '../edge/state.ts';
import { version } from '../edge/version.ts';
import { stopSentence, unbegunSummary } from '../live-end.ts';
import { LiveProcess } from '../live-process.ts';
import { LiveSession } from '../live-session.ts';
import { type LiveGround, openGround, warningsOf } from './live-ground.ts';
import { openStatusServer } from './status-server.ts';
import { summaryText } from './summary-text.ts';
import { awaitStart, waitsForStart } from './wait-for-start.ts';

export interface RunFlags extends SettingsFlags {
  readonly duration_ms: number | null;
  readonly json: boolean;
  readonly startNew: boolean;
}

/** `trafficinator run`: the live generator. Resolves to the exit code. */
export async function runCommand(flags: RunFlags): Promise<number> {
  const read = settingsOfProcess(flags, 'send');
  if (read.ok && read.settings.backfill_enabled) return backfill(flags);
  if (waitsForStart(read)) return runWhenAsked(flags, read);
  if (!read.ok) throw new Failure(read.problems);
  const log = openLog(read.settings.log_level);
  const ground = openGround(read.settings);
  const session = new LiveSession(systemClock, version, read.settings, read.changed);
  const server = await openServer(read, session, log);
  return runLive(flags, read, ground, { session, log, server });
}

/** AUTO_START=false: its status is there from the beginning, the run when the signal comes. */
async function runWhenAsked(flags: RunFlags, first: ReadSettings): Promise<number> {
  const began_ms = systemClock.now();
  const log = openLog(first.settings.log_level);
  const session = new LiveSession(systemClock, version, first.settings, first.changed);
  const server = await openServer(first, session, log);
  let awaited: Awaited<ReturnType<typeof awaitStart>>;
  try {
    awaited = await awaitStart({ flags, first, session, log });
  } catch (error) {
    await server?.close();
    throw error;
  }
  if (awaited.kind === 'start') {
    return runLive(flags, awaited.read, awaited.ground, { session, log, server });
  }
  if (awaited.kind === 'backfill') {
    await server?.close();
    return backfill(flags);
  }
  const { exit_code, signal } = awaited;
  const times = { began_ms, ended_ms: systemClock.now() };
  const end = { exit_code, exit_reason: stopSentence(signal), notices: [], ...times };
  printSummary(unbegunSummary(session, { settings: first.settings, ...end }), flags.json, log);
  await server?.close();
  return exit_code;
}

/** What a process has before it has a run. */
interface Stage {
  readonly session: LiveSession;
  readonly log: Log;
  readonly server: StatusServer | null;
}

async function runLive(
  flags: RunFlags,
  { settings, problems }: ReadSettings,
  ground: LiveGround,
  { session, log, server }: Stage,
): Promise<number> {
  const { loaded, ca, list, groups } = ground;
  const { material } = loaded;
  const warnings = warningsOf(problems, ground, flags.duration_ms !== null);
  logProblems(log, warnings);
  logSettings(log, settings);
  log.info({ pages: material.pages.length, source: loaded.source ?? 'built-in' }, 'pages loaded');
  if (loaded.funnels_source !== null) {
    const funnels = material.funnels.map(({ name }) => name);
    log.info({ funnels, source: loaded.funnels_source }, 'funnels loaded');
  }
  const { behaviour } = material;
  if (behaviour !== null && behaviour.plugins.length > 0) {
    const plugins = behaviour.plugins.map(({ name }) => name);
    log.info({ plugins, source: settings.plugins_dir }, 'plugins loaded');
  }
  const ownStates: LiveJournal[] = [];
  const live = new LiveProcess({
    settings,
    material,
    ca,
    list,
    groups,
    ownState: (target) => {
      const own = openState(settings, [target], 'target');
      ownStates.push(own);
      return own;
    },
    session,
    log,
    progress: process.stderr.isTTY === true && !flags.json ? process.stderr : null,
    duration_ms: flags.duration_ms,
    startNew: flags.startNew,
    notices: warnings.filter((p) => p.severity === 'warning').map((p) => p.message),
  });
  const forget = onStopSignals((exitCode, signal) => live.stop(exitCode, signal));
  try {
    const summary = await live.run();
    printSummary(summary, flags.json, log);
    return summary.exit_code;
  } catch (error) {
    throw error instanceof StateError ? stateFailure(error) : error;
  } finally {
    forget();
    for (const state of [...groups.map((group) => group.state), ...ownStates]) state.close();
    await server?.close();
  }
}

function openServer(read: ReadSettings, session: LiveSession, log: Log) {
  const sources = {
    status: () => session.status(),
    metrics: () => session.metrics(),
    live: () => session.live(),
    ready: () => session.ready(),
  };
  return openStatusServer(sources, read.settings, read.given.has('status_port'), log);
}

async function backfill(flags: RunFlags): Promise<number> {
  const { backfillCommand } = await import('./backfill.ts');
  return backfillCommand({ ...flags, restart: flags.startNew, status: false });
}

function printSummary(summary: RunSummary, json: boolean, log: Log): void {
  if (!json) log.debug({ summary }, 'run ended');
  process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
}

function logProblems(log: Log, problems: readonly Problem[]): void {
  for (const found of problems) {
    const line = { code: found.code, fields: found.fields };
    if (found.severity === 'warning') log.warn(line, formatProblem(found));
    else log.info(line, formatProblem(found));
  }
}
