import type { Instance } from '../../ports/runner.ts';
import { type KeptSpec, lastRun, type NumberedRun, readSpec, writeRun } from './instance-files.ts';
import { isAlive } from './process-table.ts';

/** An instance as its files and the process table show it at one moment. */
export interface ProcessView {
  readonly spec: KeptSpec;
  readonly run: NumberedRun | null;
  readonly state: Instance['state'];
}

/** null: there is none, or another service made it. */
export async function viewOf(
  folder: string,
  control_id: string,
  now: () => number,
): Promise<ProcessView | null> {
  const spec = await readSpec(folder);
  if (spec === null || spec.control_id !== control_id) return null;
  const run = await lastRun(folder);
  if (run === null) return { spec, run, state: 'created' };
  if (run.record.finished_at !== null) return { spec, run, state: 'exited' };
  if (lives(run)) return { spec, run, state: 'running' };
  // It may have ended while we looked; its supervisor noted that first.
  const again = await lastRun(folder);
  if (again !== null && (again.record.finished_at !== null || lives(again))) {
    return { spec, run: again, state: again.record.finished_at === null ? 'running' : 'exited' };
  }
  return { spec, run: await abandoned(folder, again ?? run, now()), state: 'exited' };
}

const lives = ({ record }: NumberedRun): boolean =>
  isAlive(record.supervisor) || (record.loader !== null && isAlive(record.loader));

/** Nobody saw the end (the machine went down): it is noted when it is found. */
async function abandoned(folder: string, run: NumberedRun, now_ms: number): Promise<NumberedRun> {
  const record = { ...run.record, finished_at: new Date(now_ms).toISOString() };
  const noted = { ...run, record };
  await writeRun(folder, noted);
  return noted;
}

export function instanceOf(id: string, { spec, run, state }: ProcessView): Instance {
  const record = run?.record ?? null;
  const pid = record?.loader?.pid;
  return {
    id,
    role: spec.role,
    state,
    exit_code: record?.exit_code ?? null,
    out_of_memory: null,
    started_at: record?.started_at ?? null,
    finished_at: record?.finished_at ?? null,
    detail: pid === undefined ? 'no process yet' : `process ${pid}`,
  };
}
