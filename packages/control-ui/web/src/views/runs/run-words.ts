import type { RunRecord } from '@trafficinator/contract/rest';
import { spanOf } from '../../format/times.ts';

type End = RunRecord['end'];

/** How a run ended, as word, glyph and colour. */
export function endOf(end: End): {
  readonly word: string;
  readonly glyph: string;
  readonly tone: string;
} {
  switch (end) {
    case null:
      return { word: 'Under way', glyph: 'running', tone: 'accepted' };
    case 'finished':
      return { word: 'Finished', glyph: 'finished', tone: 'accepted' };
    case 'stopped':
      return { word: 'Stopped', glyph: 'dropped', tone: 'quiet' };
    case 'failed':
      return { word: 'Failed', glyph: 'failed', tone: 'failed' };
    case 'lost':
      return { word: 'Lost', glyph: 'unreachable', tone: 'unknown' };
  }
}

export const kindWords = { live: 'Live', backfill: 'Backfill' } as const;

/** A run's own letters: `749e46bb821a`. */
export const shortId = (id: string): string => id.replace(/^run-/, '');

/** `32 h 28 min`; until now while it is under way. */
export function lasted(
  run: { readonly started_at: string; readonly ended_at: string | null },
  now_ms: number,
): string {
  const end = run.ended_at === null ? now_ms : Date.parse(run.ended_at);
  return spanOf((end - Date.parse(run.started_at)) / 1000);
}
