import type { RunComparison } from '@trafficinator/contract/rest';
import { useLoaded } from '../../app/loaded.ts';
import { go } from '../../app/router.ts';
import { count } from '../../format/numbers.ts';
import { spanOf } from '../../format/times.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Section } from '../../parts/section.tsx';
import { CompareCurves } from './compare-curves.tsx';
import { alike } from './compare-rows.ts';
import { CompareTable } from './compare-table.tsx';
import { valueText } from './details.tsx';
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
  const { a, b, settings } = compared;
  return (
    <>
      <section class="state" aria-label="In a sentence">
        <div class="who">
          <p class="word">{headline(compared)}</p>
          <p class="say">
            A lasted {spanOf(secondsOf(a))}, B {spanOf(secondsOf(b))}; counts are of the whole runs.{' '}
            <b>{settingsSentence(settings.length)}</b>
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
            onClick={() =>
              saveFile(
                `trafficinator-${shortId(a.id)}-${shortId(b.id)}.json`,
                'application/json',
                `${JSON.stringify(compared, null, 2)}\n`,
              )
            }
          >
            Download JSON
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
        </aside>
      </div>
      <CompareCurves a={a} b={b} />
    </>
  );
}

function Settings({ compared }: { readonly compared: RunComparison }) {
  const { settings, a, b } = compared;
  const names = new Set([...Object.keys(a.settings), ...Object.keys(b.settings)]);
  const equal = names.size - settings.length;
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
      <p class="small dim list-foot">
        {count(equal)} {equal === 1 ? 'given setting is' : 'given settings are'} equal; all others
        are at their default in both.
      </p>
    </>
  );
}

function headline({ numbers }: RunComparison): string {
  const p95 = numbers.find(({ path }) => path === 'response_ms.p95');
  if (p95 === undefined || p95.a === null || p95.b === null) return 'A and B side by side';
  const [from, to] = [count(p95.a), count(p95.b)];
  if (p95.relative !== null && Math.abs(p95.relative) < alike) {
    return `Both answer alike: p95 is ${from} and ${to} ms`;
  }
  const slower = p95.b > p95.a;
  return `B was answered ${slower ? 'slower' : 'faster'}: p95 ${slower ? 'rose' : 'fell'} from ${from} to ${to} ms`;
}

const settingsSentence = (differing: number): string => {
  if (differing === 0) return 'No setting differs.';
  return `${differing} ${differing === 1 ? 'setting differs' : 'settings differ'}.`;
};

function secondsOf(run: RunComparison['a']): number {
  const end = run.ended_at === null ? Date.now() : Date.parse(run.ended_at);
  return (end - Date.parse(run.started_at)) / 1000;
}
