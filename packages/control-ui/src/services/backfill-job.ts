import type { BackfillReport } from '@trafficinator/contract';
import type { BackfillJob } from '@trafficinator/contract/rest';
import type { Run } from '../ports/store/runs.ts';
import { numbersKept, numbersTold } from './backfill-numbers.ts';
import type { Seen } from './watch/watch.ts';

/** A backfill as the API tells it. `seen`: its instance, as long as there is one. */
export function jobOf(run: Run, seen: Seen | undefined): BackfillJob {
  const [told, kept] = [numbersTold(seen?.told), numbersKept(run.result)];
  // What was kept at the end is later than what was told while it ran.
  const [first, second] = run.end === null ? [told, kept] : [kept, told];
  const { report, targets } = first.report === null ? second : first;
  const state = stateOf(run, report);
  return {
    id: run.instances[0] as string,
    run_id: run.id,
    name: run.name,
    state,
    reason: run.reason ?? report?.exit_reason ?? null,
    exit_code: seen?.instance.exit_code ?? report?.exit_code ?? null,
    started_at: run.started_at,
    finished_at: run.ended_at,
    can_resume: goesOn(state) && seen !== undefined,
    report,
    targets: [...targets],
  };
}

/** Whether one in this state can go on, as long as its instance is there. */
export const goesOn = (state: BackfillJob['state']): boolean =>
  state === 'stopped' || state === 'halted' || state === 'failed';

function stateOf(run: Run, report: BackfillReport | null): BackfillJob['state'] {
  if (run.end === null) return report === null ? 'starting' : 'running';
  if (run.end === 'lost') return 'lost';
  // Finished is finished: what the report says of itself counts before how the process ended.
  if (report?.state === 'finished' && run.end === 'finished') return 'finished';
  if (report?.state === 'halted') return 'halted';
  if (report?.state === 'stopped' || run.end === 'stopped') return 'stopped';
  return run.end === 'finished' ? 'finished' : 'failed';
}
