import {
  formatProblem,
  type Problem,
  type ReadSettings,
  settingGroups,
} from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { type Log, setLevel } from '../edge/log.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { onStopSignals } from '../edge/signals.ts';
import { waitForStart } from '../edge/start-signal.ts';
import type { LiveSession } from '../live-session.ts';
import { backfillSettings } from './backfill-settings.ts';
import { type LiveGround, openGround } from './live-ground.ts';

/** Settings that a process needs before it can wait. */
const ofProcess: ReadonlySet<string> = new Set(Object.keys(settingGroups.runtime));

/**
 * Whether a process waits for its start signal: with AUTO_START=false, as long as the settings of the
 * process itself are right. The others may be wrong or missing: they are read again when the signal comes.
 */
export function waitsForStart({ settings, problems }: ReadSettings): boolean {
  if (settings.auto_start) return false;
  return !problems.some(
    ({ severity, fields }) => severity === 'error' && fields.some((name) => ofProcess.has(name)),
  );
}

/** What came of the wait. */
export type Awaited =
  | { readonly kind: 'start'; readonly read: ReadSettings; readonly ground: LiveGround }
  | { readonly kind: 'backfill' }
  | { readonly kind: 'stopped'; readonly exit_code: 130 | 143; readonly signal: string };

export interface Waiting {
  readonly flags: SettingsFlags;
  readonly first: ReadSettings;
  readonly session: LiveSession;
  readonly log: Log;
}

const beat_ms = 1_000;

/**
 * Waits for the start signal, and then reads the settings again: environment, files and flags. What cannot
 * be used is told, and it waits for the next signal.
 */
export async function awaitStart({ flags, first, session, log }: Waiting): Promise<Awaited> {
  const stopped = new AbortController();
  let stop: { readonly exit_code: 130 | 143; readonly signal: string } | null = null;
  const forget = onStopSignals((exit_code, signal) => {
    stop ??= { exit_code, signal };
    log.info({ signal }, 'stop signal while waiting');
    stopped.abort();
  });
  const beats = setInterval(() => session.beat(), beat_ms);
  const { start_signal_file: file, start_check_interval: seconds } = first.settings;
  const reason = `waiting for ${file}`;
  session.become('waiting', reason);
  log.info(reason);
  tell(log, 'info', first.problems);
  try {
    while (await waitForStart(systemClock, file, seconds * 1000, stopped.signal)) {
      try {
        return startWith(flags, session, log);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        tell(log, 'error', error.problems);
        session.become('failed', `${sentencesOf(error)} Not started; ${reason} again.`);
        log.info(`${reason} again`);
      }
    }
    return { kind: 'stopped', ...(stop ?? { exit_code: 143, signal: 'a signal' }) };
  } finally {
    clearInterval(beats);
    forget();
  }
}

function startWith(flags: SettingsFlags, session: LiveSession, log: Log): Awaited {
  const read = settingsOfProcess(flags, 'send');
  if (read.settings.backfill_enabled) {
    backfillSettings(flags, 'send', () => {});
    return { kind: 'backfill' };
  }
  if (!read.ok) throw new Failure(read.problems);
  const ground = openGround(read.settings);
  setLevel(log, read.settings.log_level);
  session.adopt(read.settings, read.changed);
  session.become('waiting', null);
  return { kind: 'start', read, ground };
}

const errorsOf = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ severity }) => severity === 'error');

const sentencesOf = ({ problems }: Failure): string =>
  errorsOf(problems)
    .map(({ message }) => message)
    .join(' ');

function tell(log: Log, level: 'info' | 'error', problems: readonly Problem[]): void {
  for (const found of errorsOf(problems)) {
    log[level]({ code: found.code, fields: found.fields }, formatProblem(found));
  }
}
