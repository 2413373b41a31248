import { formatProblem, type Problem, type RunSummary, targetsOf } from '@trafficinator/contract';
import type { LiveJournal } from '../account/journal.ts';
import { StateError } from '../account/live-state.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { type Log, openLog } from '../edge/log.ts';
import { logSettings } from '../edge/log-settings.ts';
import { loadMaterial } from '../edge/material.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { onStopSignals } from '../edge/signals.ts';
import { openState, stateFailure } from '../edge/state.ts';
import { readAuthority } from '../edge/tls.ts';
import { version } from '../edge/version.ts';
import { LiveProcess } from '../live-process.ts';
import { LiveSession } from '../live-session.ts';
import { groupsOf } from '../live-sources.ts';
import { openStatusServer } from './status-server.ts';
import { summaryText } from './summary-text.ts';

export interface RunFlags extends SettingsFlags {
  readonly duration_ms: number | null;
  readonly json: boolean;
  readonly startNew: boolean;
}

/** `trafficinator run`: the live generator. Resolves to the exit code. */
export async function runCommand(flags: RunFlags): Promise<number> {
  const read = settingsOfProcess(flags, 'send');
  if (!read.ok) throw new Failure(read.problems);
  const { settings, changed } = read;
  if (settings.backfill_enabled) {
    const { backfillCommand } = await import('./backfill.ts');
    return backfillCommand({ ...flags, restart: flags.startNew, status: false });
  }
  const log = openLog(settings.log_level);
  const loaded = loadMaterial(settings);
  const { material, source, problems } = loaded;
  const ends = flags.duration_ms !== null;
  const warnings = [...read.problems, ...problems].filter(({ code }) => !ends || code !== 'no_end');
  logProblems(log, warnings);
  logSettings(log, settings);
  log.info({ pages: material.pages.length, source: source ?? 'built-in' }, 'pages loaded');
  if (loaded.funnels_source !== null) {
    const funnels = material.funnels.map(({ name }) => name);
    log.info({ funnels, source: loaded.funnels_source }, 'funnels loaded');
  }
  const { behaviour } = material;
  if (behaviour !== null && behaviour.plugins.length > 0) {
    const plugins = behaviour.plugins.map(({ name }) => name);
    log.info({ plugins, source: settings.plugins_dir }, 'plugins loaded');
  }

  const ca = readAuthority(settings.tls_ca_file);
  const session = new LiveSession(systemClock, version, settings, changed);
  const { list } = targetsOf(settings);
  const groups = groupsOf(list).map((targets) => ({
    targets,
    state: openState(settings, targets),
  }));
  const ownStates: LiveJournal[] = [];
  const sources = {
    status: () => session.status(),
    metrics: () => session.metrics(),
    live: () => session.live(),
    ready: () => session.ready(),
  };
  const asked = read.given.has('status_port');
  const server = await openStatusServer(sources, settings, asked, log);
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
