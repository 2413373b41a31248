import { exitCodes, type RunSummary, type Settings } from '@trafficinator/contract';
import type { Books } from './account/books.ts';
import { missedThreshold, summaryOf } from './account/summary.ts';
import { sumOfVolumes, type Volume } from './account/volume.ts';
import type { LiveSession } from './live-session.ts';
import type { LiveSource } from './live-sources.ts';
import type { EndReason } from './run-parts.ts';

/** How the runs of a source ended. */
export interface SourceEnd {
  readonly source: LiveSource;
  readonly volume: Volume;
  readonly reason: EndReason;
}

/** The signal that stopped the process: its exit code and a sentence. */
export interface Stopped {
  readonly exit_code: 130 | 143;
  readonly sentence: string;
}

const sentences: Record<
  Exclude<EndReason, 'signal'>,
  (settings: Settings, max_visits: number) => string
> = {
  max_visits: ({ shard }, max_visits) =>
    `All ${max_visits} visits${shard === null ? '' : ` of shard ${shard}`} are sent (MAX_VISITS).`,
  duration: () => 'The time that was asked for is over.',
  auto_stop: (s) => `The run has run for ${s.auto_stop_after_hours} hours (AUTO_STOP_AFTER_HOURS).`,
  target_refuses: () =>
    'Matomo refused the first hits, so it would refuse them all. Run `trafficinator check` to see why.',
  target_unreachable: () =>
    'Matomo did not answer a single hit. Run `trafficinator check` to see why.',
  state_unusable: (s) =>
    `The state cannot be written (STATE_DIR=${s.state_dir ?? 'default'}): no visit is sent that cannot be counted.`,
};

const worstFirst: readonly EndReason[] = [
  'state_unusable',
  'signal',
  'target_refuses',
  'target_unreachable',
  'auto_stop',
  'duration',
  'max_visits',
];

/** The end that must not be hidden by the others. */
export const worstOf = (reasons: readonly EndReason[]): EndReason =>
  worstFirst.find((reason) => reasons.includes(reason)) ?? 'signal';

/**
 * The exit code and the sentences that the ends stand for, thresholds included. Whoever was stopped by a
 * signal says so, whatever became of the others; else the worst end is the end of all.
 */
export function endOf(
  ends: readonly SourceEnd[],
  settings: Settings,
  books: Books,
  stopped: Stopped,
): readonly [number, string] {
  const reasons = ends.map(({ reason }) => reason);
  const reason = reasons.includes('signal') ? 'signal' : worstOf(reasons);
  const told = toldEnds(ends, settings, stopped);
  if (reason === 'signal') return [stopped.exit_code, told];
  if (reason === 'state_unusable') return [exitCodes.settings_invalid.code, told];
  if (reason === 'target_refuses' || reason === 'target_unreachable') {
    return [exitCodes.target_unusable.code, told];
  }
  const missed = missedThreshold(books, settings);
  if (missed === null) return [exitCodes.ok.code, told];
  return [exitCodes.not_delivered.code, `${told} ${missed}`];
}

/** One sentence for an end that all share; else each with its targets' names. */
function toldEnds(ends: readonly SourceEnd[], settings: Settings, stopped: Stopped): string {
  const tell = (reason: EndReason, of: readonly SourceEnd[]) =>
    reason === 'signal'
      ? stopped.sentence
      : sentences[reason](settings, sumOfVolumes(of.map(({ volume }) => volume)).max_visits);
  const byReason = Map.groupBy(ends, ({ reason }) => reason);
  if (byReason.size === 1) return [...byReason].map(([reason, of]) => tell(reason, of)).join('');
  return [...byReason].map(([reason, of]) => `${namesOf(of)}: ${tell(reason, of)}`).join(' ');
}

const namesOf = (ends: readonly SourceEnd[]): string =>
  ends.flatMap(({ source }) => source.targets.map(({ name }) => `“${name}”`)).join(', ');

/** How a process ends that never sent anything. Times in epoch ms. */
export interface UnbegunEnd {
  readonly settings: Settings;
  readonly began_ms: number;
  readonly ended_ms: number;
  readonly exit_code: number;
  readonly exit_reason: string;
  readonly notices: readonly string[];
}

/** The summary of a process that never sent anything; its session takes the state of the end. */
export function unbegunSummary(session: LiveSession, end: UnbegunEnd): RunSummary {
  const { exit_code, exit_reason, settings, notices } = end;
  session.become(exit_code === exitCodes.ok.code ? 'finished' : 'failed', exit_reason);
  return summaryOf(session.view.books, {
    run_id: session.run_id,
    seed: settings.seed ?? 0,
    settings,
    exit_code,
    exit_reason,
    planned_per_day: session.view.volume.visits_per_day,
    achieved_per_day: 0,
    started_at_ms: end.began_ms,
    ended_at_ms: end.ended_ms,
    resumed_from: null,
    notices,
    targets: [],
  });
}

/** What is said of a run that a signal cut short. */
export const stopSentence = (signal: string): string => `Stopped by ${signal} before the end.`;
