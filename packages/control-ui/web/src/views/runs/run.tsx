import type { RunRecord } from '@trafficinator/contract/rest';
import { useRef } from 'preact/hooks';
import { ask } from '../../api/client.ts';
import { runs_changed } from '../../api/live.ts';
import { session } from '../../api/session.ts';
import { now_ms, tenSeconds } from '../../app/clock.ts';
import { useLoaded } from '../../app/loaded.ts';
import { go } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { momentThere } from '../../format/site-times.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Glyph } from '../../parts/glyph.tsx';
import { Ledger } from '../../parts/ledger.tsx';
import { Note, ProblemNote } from '../../parts/note.tsx';
import { Graphs } from '../../parts/plots/graphs.tsx';
import type { Point } from '../../parts/plots/points.ts';
import { Reasons } from '../../parts/reasons.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';
import { zoneOf } from '../../parts/site-zone.tsx';
import { toast } from '../../parts/toast.tsx';
import { Durations, SettingsOfRun } from './details.tsx';
import { reportHtml } from './report-html.ts';
import { resultOf } from './result.ts';
import { endOf, kindWords, lasted, shortId } from './run-words.ts';

/** One run: what became of it, over time, and with which settings. */
export function OneRun({ id }: { readonly id: string }) {
  const isOpen = useRef(false);
  const again = `${runs_changed.value} ${tenSeconds(isOpen.current)}`;
  const { value: run, error } = useLoaded<RunRecord>(`/api/runs/${id}`, again);
  isOpen.current = run?.end === null;
  const { value: series } = useLoaded<{ points: readonly Point[] }>(
    `/api/runs/${id}/series?points=600`,
    again,
  );
  if (run === null) {
    return (
      <>
        <Crumbs id={id} />
        <ProblemNote error={error} />
        {error === null && <p class="dim">Reading the run…</p>}
      </>
    );
  }
  const result = resultOf(run);
  const points = series?.points ?? [];
  const whole = run.kind === 'live' ? 'delivered whole' : 'with an outcome';
  return (
    <>
      <Crumbs id={id} />
      <Head run={run} points={points} />
      {result === null ? (
        <Note kind="info">
          {run.end === null
            ? 'No numbers yet: the first come after ten seconds.'
            : 'The loader told no numbers before it ended, so there is nothing to add up.'}
        </Note>
      ) : (
        <Ledger
          hits={result.hits}
          about={`${count(result.visits.planned)} visits, ${count(result.visits.whole)} ${whole}.`}
        />
      )}
      <div class="cols">
        <div>
          <Section first title="Over time" meta={`one point every ${stepOf(points)} s`}>
            {points.length < 2 ? (
              <p class="dim">
                {run.end === null
                  ? 'The first points come after twenty seconds of a run.'
                  : 'It was too short for a graph: a point is ten seconds.'}
              </p>
            ) : (
              <Graphs points={points} group={`run ${id}`} />
            )}
          </Section>
          {result !== null && <Reasons reasons={result.reasons} />}
        </div>
        <aside>
          {result !== null && <Durations spreads={result.durations} />}
          <SettingsOfRun run={run} seed={result?.seed ?? null} first={!result?.durations.length} />
        </aside>
      </div>
    </>
  );
}

const stepOf = (points: readonly Point[]): number =>
  Math.max(10, (points[1]?.at_seconds ?? 0) - (points[0]?.at_seconds ?? 0));

function Crumbs({ id }: { readonly id: string }) {
  return (
    <p class="small crumbs">
      <a href="/runs">Runs</a> <span class="dim">/</span> {shortId(id)}
    </p>
  );
}

function Head({ run, points }: { readonly run: RunRecord; readonly points: readonly Point[] }) {
  const end = endOf(run.end);
  const may = session.value.state === 'in' && session.value.role === 'operator';
  const name = `trafficinator-${run.id}`;
  const forget = () =>
    confirm({
      title: `Forget run ${shortId(run.id)}?`,
      effects:
        'Its record and its graphs are removed for good. What it sent stays in Matomo, and the log is not touched.',
      verb: 'Forget it',
      busy: 'Forgetting…',
      danger: true,
      act: async () => {
        await ask('DELETE', `/api/runs/${run.id}`);
        go('/runs');
        toast(`Run ${shortId(run.id)} was forgotten.`);
      },
    });
  return (
    <section class="state" aria-label="State">
      <div class="who">
        <p class="word">
          <Glyph name={end.glyph} tone={end.tone} />
          {end.word}
        </p>
        <p class="say" role="status">
          {run.reason !== null && `${run.reason} `}
          {kindWords[run.kind]} run {run.name !== null && `“${run.name}” `}started{' '}
          {momentThere(run.started_at, zoneOf(run.settings))} by {run.started_by}
          {run.ended_at !== null && `, ended ${momentThere(run.ended_at, zoneOf(run.settings))}`}.
          It {run.ended_at === null ? 'has run for' : 'lasted'} {lasted(run, now_ms.value)}.
        </p>
      </div>
      <div class="do">
        {run.kind === 'backfill' && (
          <a class="btn" href={`/backfill/${run.instances[0] ?? ''}`}>
            Days of this backfill
          </a>
        )}
        <button
          type="button"
          class="btn"
          onClick={() =>
            saveFile(
              `${name}.json`,
              'application/json',
              `${JSON.stringify({ ...run, series: points }, null, 2)}\n`,
            )
          }
        >
          Download JSON
        </button>
        <button
          type="button"
          class="btn"
          onClick={() => saveFile(`${name}.html`, 'text/html', reportHtml(run, points))}
        >
          Save report
        </button>
        {may && run.end !== null && (
          <button type="button" class="btn danger" onClick={forget}>
            Forget…
          </button>
        )}
      </div>
    </section>
  );
}
