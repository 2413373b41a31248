import { exitCodes, type Settings } from '@trafficinator/contract';
import type { Books } from './account/books.ts';
import { missedThreshold } from './account/summary.ts';
import type { EndReason } from './run-parts.ts';

const sentences: Record<Exclude<EndReason, 'signal'>, (settings: Settings) => string> = {
  max_visits: (s) => `All ${s.max_visits} visits are sent (MAX_VISITS).`,
  duration: () => 'The time that was asked for is over.',
  auto_stop: (s) => `The run has run for ${s.auto_stop_after_hours} hours (AUTO_STOP_AFTER_HOURS).`,
  target_refuses: () =>
    'Matomo refused the first hits, so it would refuse them all. Run `trafficinator check` to see why.',
  target_unreachable: () =>
    'Matomo did not answer a single hit. Run `trafficinator check` to see why.',
  state_unusable: (s) =>
    `The state cannot be written (STATE_DIR=${s.state_dir ?? 'default'}): no visit is sent that cannot be counted.`,
};

/** The exit code and the sentence that an end stands for, thresholds included. */
export function endOf(
  reason: Exclude<EndReason, 'signal'>,
  settings: Settings,
  books: Books,
): readonly [number, string] {
  const sentence = sentences[reason](settings);
  if (reason === 'state_unusable') return [exitCodes.settings_invalid.code, sentence];
  if (reason === 'target_refuses' || reason === 'target_unreachable') {
    return [exitCodes.target_unusable.code, sentence];
  }
  const missed = missedThreshold(books, settings);
  if (missed === null) return [exitCodes.ok.code, sentence];
  return [exitCodes.not_delivered.code, `${sentence} ${missed}`];
}
