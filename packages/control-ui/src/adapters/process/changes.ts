import type { RunnerEvent } from '../../ports/runner.ts';
import type { ProcessView } from './view.ts';

/** All instances of a service at one moment, by id. */
export type Snapshot = ReadonlyMap<string, ProcessView>;

/**
 * What happened between two moments, in its order. A loader that started and ended in between shows both.
 * Nothing from before `from` is told: what the first snapshot finds may be older.
 */
export function changesOf(before: Snapshot, after: Snapshot, from: string): RunnerEvent[] {
  const events: RunnerEvent[] = [];
  for (const [id, { spec, run }] of after) {
    const was = before.get(id);
    const same = was?.spec.created_at === spec.created_at ? was : undefined;
    if (same === undefined) events.push({ kind: 'created', id, at: spec.created_at });
    if (run === null) continue;
    const { started_at, finished_at } = run.record;
    const known = same?.run?.record.started_at === started_at ? same.run.record : undefined;
    if (known === undefined) events.push({ kind: 'started', id, at: started_at });
    if (finished_at !== null && known?.finished_at !== finished_at) {
      events.push({ kind: 'exited', id, at: finished_at });
    }
  }
  return events.filter(({ at }) => at >= from);
}

/** Which instances are gone. */
export function removalsOf(before: Snapshot, after: Snapshot, at: string): RunnerEvent[] {
  const gone = [...before.keys()].filter((id) => !after.has(id));
  return gone.map((id) => ({ kind: 'removed', id, at }));
}
