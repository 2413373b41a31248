import { recordedInside } from '../../stand-in.ts';
import type { Life } from './living.ts';

const window = {
  backfill_days_back: 3,
  backfill_duration_days: 2,
  backfill_max_visits_per_day: 30,
};
/** Slow enough to be caught at work. */
const slow = {
  ...window,
  backfill_max_visits_per_day: 2_000,
  backfill_hits_per_second: 50,
  backfill_seed: 7,
};

/** A backfill that runs to its end, and another that is cancelled; each in a container of its own. */
export async function backfillsRun({ checks, stack, panel }: Life): Promise<void> {
  const before = await recordedInside(stack);
  const begun = await panel.ask('POST', '/api/backfill/run', { name: 'two days', config: window });
  checks.equal('a backfill begins', begun.status, 201);
  const { job: done } = await panel.until('/api/backfill/last', ended);
  checks.equal('… and ends well', [done.state, done.exit_code], ['finished', 0]);
  const after = await recordedInside(stack);
  const grown = after.hits_recorded - before.hits_recorded;
  checks.equal('… its hits are what the stand-in has', done.report?.hits.accepted, grown);

  const second = await panel.ask('POST', '/api/backfill/run', { config: slow });
  checks.equal('another begins', second.status, 201);
  const id = second.json?.job.id;
  await panel.until('/api/backfill/last', ({ job }) => (job.report?.hits.done ?? 0) > 0);
  const cancelled = await panel.ask('POST', '/api/backfill/cancel', { id });
  checks.holds('… and is cancelled', cancelled.status === 200, cancelled.text);
  const { job } = await panel.until('/api/backfill/last', ended);
  checks.equal('… which its record says', job.state, 'stopped');

  const count = (await stack.made()).length;
  const cleaned = await panel.ask('POST', '/api/backfill/cleanup');
  checks.equal('both are cleaned up', cleaned.json?.removed.sort(), [id, done.id].sort());
  checks.equal('… with their containers', (await stack.made()).length, count - 2);
}

const ended = ({ job }: { job: { finished_at: string | null } }): boolean =>
  job.finished_at !== null;
