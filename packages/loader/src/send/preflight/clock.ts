import { type Problem, problem, type Settings } from '@trafficinator/contract';
import type { HttpReply } from './ask.ts';

const toleratedAhead_ms = 2_000;
const toleratedBehind_ms = 60_000;
const second_ms = 1_000;

/**
 * How much this clock is ahead of the server's at least, ms; negative when it is behind. The `Date` header
 * is cut to whole seconds and was written between asking and answer, so up to a second and the time of the
 * request cannot be told apart from zero.
 */
export function clockAhead(
  reply: Pick<HttpReply, 'date_ms' | 'asked_ms' | 'answered_ms'>,
): number | null {
  const { date_ms, asked_ms, answered_ms } = reply;
  if (date_ms === null) return null;
  const ahead_ms = asked_ms - (date_ms + second_ms);
  const behind_ms = date_ms - answered_ms;
  return ahead_ms > 0 ? ahead_ms : behind_ms > 0 ? -behind_ms : 0;
}

/**
 * A hit that carries its time (`cdt`) is recorded at that time only if it is not in Matomo's future;
 * otherwise Matomo silently takes its own clock, as was observed from a few seconds on.
 */
export function judgeClock(
  ahead_ms: number | null,
  settings: Pick<Settings, 'visit_pacing'>,
): Problem[] {
  if (ahead_ms === null || settings.visit_pacing !== 'compressed') return [];
  if (ahead_ms > toleratedAhead_ms) {
    return [
      problem('clock_differs', {
        message: `This machine’s clock is ${seconds(ahead_ms)} s ahead of Matomo’s: hits from Matomo’s future are recorded at the moment they arrive, so visits come out too short.`,
        remedy: 'Set both clocks by NTP.',
      }),
    ];
  }
  if (ahead_ms < -toleratedBehind_ms) {
    return [
      problem('clock_differs', {
        message: `This machine’s clock is ${seconds(-ahead_ms)} s behind Matomo’s: all visits are recorded that much too early.`,
        remedy: 'Set both clocks by NTP.',
      }),
    ];
  }
  return [];
}

const seconds = (ms: number): number => Math.round(ms / second_ms);
