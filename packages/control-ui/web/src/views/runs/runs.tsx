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
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? ''];
  if (a === '' || b === '') {
    return (
      <div class="empty">
        <h3>Pick two runs</h3>
        <p>
          Select two rows with <kbd>x</kbd>, then press <kbd>c</kbd>. Runs with the same seed
          compare best: they plan the same visits.
        </p>
        <a class="btn primary" href="/runs">
          Open the runs
        </a>
      </div>
    );
  }
  return <Compare a={a} b={b} />;
}
