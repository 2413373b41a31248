import { place } from '../../app/router.ts';
import { Compare } from './compare.tsx';
import { RunList } from './list.tsx';
import { OneRun } from './run.tsx';

/** What ran: the list, one of them, or two side by side. */
export default function Runs() {
  const { rest, query } = place.value;
  const [first] = rest;
  if (first === undefined) return <RunList />;
  if (first !== 'compare') return <OneRun key={first} id={first} />;
  return <Compare a={query.get('a') ?? ''} b={query.get('b') ?? ''} />;
}
