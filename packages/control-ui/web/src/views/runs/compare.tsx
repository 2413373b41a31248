import type { RunComparison } from '@trafficinator/contract/rest';
import { useLoaded } from '../../app/loaded.ts';
import { go } from '../../app/router.ts';
import { ProblemNote } from '../../parts/note.tsx';
import type { Point } from '../../parts/plots/points.ts';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';
import { CompareCurves } from './compare-curves.tsx';
import { CompareTable } from './compare-table.tsx';
import { equalSentence, headline, lengthSentence, settingsSentence } from './compare-words.ts';
import { comparisonHtml } from './comparison-html.ts';
import { valueText } from './details.tsx';
import { Percentiles } from './percentiles.tsx';
import { shortId } from './run-words.ts';

/** Two runs side by side: A is dashed ink, B is the accent. */
export function Compare({ a, b }: { readonly a: string; readonly b: string }) {
  const { value, error } = useLoaded<RunComparison>(`/api/runs/compare?a=${a}&b=${b}`);
  return (
    <>
      <p class="small crumbs">
        <a href={`/runs?select=${a},${b}`}>Runs</a> <span class="dim">/</span> {shortId(a)} and{' '}
        {shortId(b)}
      </p>
      <ProblemNote error={error} />
      {value === null ? (
        error === null && <p class="dim">Reading both runs…</p>
      ) : (
        <Both compared={value} />
      )}
    </>
  );
}

function Both({ compared }: { readonly compared: RunComparison }) {
  const { a, b } = compared;
  const [first, second] = [useSeries(a.id), useSeries(b.id)];
  const isRead = first.points !== null && second.points !== null;
  const points = { a: first.points ?? none, b: second.points ?? none };
  const name = `trafficinator-${shortId(a.id)}-${shortId(b.id)}`;
  return (
    <>
      <section class="state" aria-label="In a sentence">
        <div class="who">
          <p class="word">{headline(compared)}</p>
          <p class="say">
            {lengthSentence(compared)} <b>{settingsSentence(compared)}</b>
          </p>
        </div>
        <div class="do">
          <button
            type="button"
            class="btn"
            onClick={() => go(`/runs/compare?a=${b.id}&b=${a.id}`, 'replace')}
          >
            Swap A and B
          </button>
          <button
            type="button"
            class="btn"
            disabled={!isRead}
            onClick={() =>
              saveFile(
                `${name}.json`,
                'application/json',
                `${JSON.stringify({ ...compared, series: points }, null, 2)}\n`,
              )
            }
          >
            Download JSON
          </button>
          <button
            type="button"
            class="btn"
            disabled={!isRead}
            onClick={() => saveFile(`${name}.html`, 'text/html', comparisonHtml(compared, points))}
          >
            Save report
          </button>
        </div>
      </section>
      <div class="cols">
        <div>
          <CompareTable compared={compared} />
        </div>
        <aside>
          <Section first title="Settings that differ">
            <Settings compared={compared} />
          </Section>
          <Percentiles compared={compared} />
        </aside>
      </div>
      <ProblemNote error={first.error ?? second.error} />
      {isRead && <CompareCurves {...points} />}
    </>
  );
}

const none: readonly Point[] = [];

/** A run over time; points null: not read. */
function useSeries(id: string) {
  const { value, error } = useLoaded<{ points: readonly Point[] }>(
    `/api/runs/${id}/series?points=600`,
  );
  return { points: value?.points ?? null, error };
}

function Settings({ compared }: { readonly compared: RunComparison }) {
  const { settings } = compared;
  return (
    <>
      {settings.length > 0 && (
        <ul class="diff small">
          {settings.map((each) => (
            <li key={each.name}>
              <span class="break strong">{each.name}</span>
              <span class="v two break">
                <span>
                  <span class="dim">A</span> {valueText(each.a)}
                </span>
                <span>
                  <span class="dim">B</span> {valueText(each.b)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="small dim list-foot">{equalSentence(compared)}</p>
    </>
  );
}
