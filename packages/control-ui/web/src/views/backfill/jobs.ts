import type { BackfillJob } from '@trafficinator/contract/rest';
import { backfills, runs_changed } from '../../api/live.ts';
import { type Loaded, useLoaded } from '../../app/loaded.ts';

export interface Jobs {
  readonly runs: readonly BackfillJob[];
  readonly running: number;
  readonly limit: number;
}

/** All backfills, the newest first: those under way as they are told live. */
export function useJobs(): Loaded<Jobs> {
  const { value, error } = useLoaded<Jobs>('/api/backfill/status', runs_changed.value);
  if (value === null) return { value, error };
  const live = backfills.value?.runs ?? [];
  const runs = value.runs.map((job) =>
    job.finished_at === null ? (live.find(({ id }) => id === job.id) ?? job) : job,
  );
  return { value: { ...value, runs }, error };
}

/** A state as word, glyph and colour. */
export function stateOfJob(state: BackfillJob['state']): {
  readonly word: string;
  readonly glyph: string;
  readonly tone: string;
} {
  switch (state) {
    case 'starting':
      return { word: 'Starting', glyph: 'waiting', tone: 'quiet' };
    case 'running':
      return { word: 'Sending', glyph: 'running', tone: 'accepted' };
    case 'stopped':
      return { word: 'Paused', glyph: 'paused', tone: 'quiet' };
    case 'halted':
      return { word: 'Halted', glyph: 'failed', tone: 'failed' };
    case 'finished':
      return { word: 'Finished', glyph: 'finished', tone: 'accepted' };
    case 'failed':
      return { word: 'Failed', glyph: 'failed', tone: 'failed' };
    case 'lost':
      return { word: 'Lost', glyph: 'unreachable', tone: 'unknown' };
  }
}

/** `October`, or its own letters. */
export const nameOfJob = ({ name, id }: BackfillJob): string =>
  name ?? id.replace(/^backfill-/, '');

/** Hits per second that a finished backfill reached, over its whole time; null: it does not say. */
export function speedOf({ report }: BackfillJob): number | null {
  if (report === null || report.ended_at === null || report.state !== 'finished') return null;
  const seconds = (Date.parse(report.ended_at) - Date.parse(report.started_at)) / 1000;
  return seconds < 1 ? null : report.hits.done / seconds;
}
