import { place } from '../../app/router.ts';
import { BackfillJobPage } from './job.tsx';
import { BackfillPlanner } from './planner.tsx';

/** Traffic into the past: plan one, watch one, and see what became of it. */
export default function Backfill() {
  const [id] = place.value.rest;
  return id === undefined ? <BackfillPlanner /> : <BackfillJobPage key={id} id={id} />;
}
