import type { RunItem } from '@trafficinator/contract/rest';
import { useRef } from 'preact/hooks';
import { runs_changed } from '../../api/live.ts';
import { oneOf, preference } from '../../api/preferences.ts';
import { now_ms, tenSeconds } from '../../app/clock.ts';
import { useKeys } from '../../app/keys.ts';
import { useLoaded } from '../../app/loaded.ts';
import { go, place, setQuery } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { zoneName } from '../../format/times.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { ZoneNote } from '../../parts/site-zone.tsx';
import { useRowKeys } from '../../parts/step-row.ts';
import { ColumnChoice, isShown } from './columns.tsx';
import { RunRow } from './run-row.tsx';
import { shortId } from './run-words.ts';

interface Page {
  readonly items: readonly RunItem[];
  readonly next: string | null;
  readonly total: number;
}

const kinds = [
  ['all', 'All'],
  ['live', 'Live'],
  ['backfill', 'Backfill'],
] as const;

/** The kind that was looked at last. */
const kindChosen = preference('run_kind', oneOf(['all', 'live', 'backfill']), 'all');

/** All runs, the newest first, a page at a time. */
export function RunList() {
  const { query } = place.value;
  const kind = kinds.find(([name]) => name === query.get('kind'))?.[0] ?? kindChosen.value;
  const cursor = query.get('cursor');
  const asked = new URLSearchParams({
    limit: '50',
    ...(kind !== 'all' && { kind }),
    ...(cursor !== null && { cursor }),
  });
  const isOpen = useRef(false);
  const again = `${runs_changed.value} ${tenSeconds(isOpen.current)}`;
  const { value, error } = useLoaded<Page>(`/api/runs?${asked}`, again);
  isOpen.current = value?.items.some(({ end }) => end === null) ?? false;
  const chosen = (query.get('select') ?? '').split(',').filter((id) => id !== '');
  const toggle = (id: string) => {
    const others = chosen.filter((each) => each !== id);
    const next = others.length === chosen.length ? [...others, id].slice(-2) : others;
    setQuery({ select: next.length === 0 ? null : next.join(',') });
  };
  // The older one is A.
  const [b = '', a = ''] = chosen.toSorted((one, two) => orderOf(value, one) - orderOf(value, two));
  const compare = () => {
    if (chosen.length === 2) go(`/runs/compare?a=${a}&b=${b}`);
  };
  useRowKeys();
  useKeys({
    x: () => {
      const id = document.activeElement?.closest('tr')?.dataset.id;
      if (id !== undefined) toggle(id);
    },
    c: compare,
  });

  return (
    <>
      <div class="row list-bar">
        <Segmented
          label="Kind"
          options={kinds}
          value={kind}
          onChange={(next) => {
            kindChosen.set(next);
            setQuery({ kind: next, cursor: null });
          }}
        />
        <span class="sp" />
        <span class="small mid" role="status">
          {chosen.length === 1 && (
            <>
              <b class="strong">{shortId(chosen[0] ?? '')}</b> selected; select one more to compare
            </>
          )}
          {chosen.length === 2 && (
            <>
              <b class="strong">{shortId(a)}</b> and <b class="strong">{shortId(b)}</b> selected
            </>
          )}
        </span>
        <ColumnChoice />
        <button
          type="button"
          class={`btn ${chosen.length === 2 ? 'primary' : ''}`}
          disabled={chosen.length !== 2}
          onClick={compare}
        >
          Compare two
        </button>
      </div>
      <ProblemNote error={error} />
      {value === null ? (
        error === null && <p class="dim">Reading the runs…</p>
      ) : value.items.length === 0 ? (
        <Nothing filtered={kind !== 'all' || cursor !== null} />
      ) : (
        <>
          <Table items={value.items} chosen={chosen} onToggle={toggle} />
          <Foot page={value} cursor={cursor} kind={kind} />
        </>
      )}
    </>
  );
}

const orderOf = (page: Page | null, id: string): number =>
  page?.items.findIndex((each) => each.id === id) ?? 0;

function Table(props: {
  readonly items: readonly RunItem[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}) {
  return (
    <Scroll label="Runs">
      <table class="tbl pad rows">
        <thead>
          <tr>
            <th>
              <span class="sr">Select</span>
            </th>
            <th>Run</th>
            <th>State</th>
            {isShown('kind') && <th>Kind</th>}
            {isShown('about') && <th>Name, preset or window</th>}
            {isShown('started') && <th>Started, {zoneName()}</th>}
            {isShown('lasted') && <th class="num">Lasted</th>}
            {isShown('visits') && <th class="num">Visits</th>}
            {isShown('hits') && <th class="num">Hits</th>}
            {isShown('accepted') && <th class="num">Accepted</th>}
            {isShown('p95') && <th class="num">Answer p95</th>}
          </tr>
        </thead>
        <tbody>
          {props.items.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              now_ms={run.ended_at === null ? now_ms.value : 0}
              chosen={props.chosen.includes(run.id)}
              onToggle={() => props.onToggle(run.id)}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Foot(props: {
  readonly page: Page;
  readonly cursor: string | null;
  readonly kind: string;
}) {
  const { page, cursor } = props;
  const kind = `kind=${props.kind}&`;
  return (
    <p class="row small dim list-foot">
      <span>
        {count(page.items.length)} of {count(page.total)} runs
      </span>
      {cursor !== null && <a href={`/runs?${kind}`}>Newest</a>}
      {page.next !== null && (
        <a href={`/runs?${kind}cursor=${encodeURIComponent(page.next)}`}>Older</a>
      )}
      <ZoneNote />
      <span class="sp" />
      <span class="hide-s">
        <kbd>j</kbd> <kbd>k</kbd> rows <kbd>x</kbd> select <kbd>c</kbd> compare <kbd>Enter</kbd>{' '}
        open
      </span>
    </p>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  return (
    <div class="empty">
      <h2>{filtered ? 'No run of this kind' : 'No run yet'}</h2>
      <p>
        Each start of a loader is a run. Its settings, numbers and graphs stay here after it has
        ended, and two runs can be laid side by side.
      </p>
      <a class="btn primary" href={filtered ? '/runs?kind=all' : '/dashboard'}>
        {filtered ? 'Show all runs' : 'Go to the dashboard and start'}
      </a>
    </div>
  );
}
