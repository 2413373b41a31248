import { DateTime } from 'luxon';
import { HitRefused } from '../engine/refusal.ts';
import type { Parameters } from './parameters.ts';

const OPEN_WINDOW_MS = 86_400_000;
const OLDEST_MS = 20 * 365 * 86_400_000;

/**
 * The moment a hit is recorded at, in epoch milliseconds on whole seconds: `cdt` (UTC), moved back
 * by `cdo` seconds. What Matomo cannot use (garbage, the future by even a second, more than 20
 * years ago) silently becomes now; unix milliseconds are the far future, so they do too.
 * @throws HitRefused when it lies a day or more back and no valid token came with it.
 */
export function requestTime(parameters: Parameters, now_ms: number, hasToken: boolean): number {
  const now = Math.floor(now_ms / 1000) * 1000;
  const sent = parameters.text('cdt');
  const back_seconds = parameters.whole('cdo') ?? 0;
  if (sent === '' && back_seconds === 0) return now;
  const base = sent === '' ? now : parseTime(sent);
  if (base === null) return now;
  const time_ms = Math.floor(base / 1000) * 1000 - back_seconds * 1000;
  if (time_ms > now || time_ms < now - OLDEST_MS) return now;
  if (now - time_ms >= OPEN_WINDOW_MS && !hasToken) {
    throw new HitRefused('not_authenticated', 'A cdt a day or more back needs a valid token_auth.');
  }
  return time_ms;
}

function parseTime(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  for (const read of [DateTime.fromSQL, DateTime.fromISO]) {
    const time = read(text.trim(), { zone: 'utc' });
    if (time.isValid && /^\d{4}-\d\d-\d\d/.test(text.trim())) return time.toMillis();
  }
  return null;
}
