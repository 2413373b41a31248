import type { RunItem } from '@trafficinator/contract/rest';
import { dayRange } from '../../format/days.ts';
import { count, millis, share } from '../../format/numbers.ts';
import { momentShort } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { type Column, isShown } from './columns.tsx';
import { endOf, kindWords, lasted, shortId } from './run-words.ts';

/** A share below this stands out. */
const poor = 0.95;

export function RunRow(props: {
  readonly run: RunItem;
  readonly now_ms: number;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}) {
  const { run, chosen } = props;
  const { numbers } = run;
  const end = endOf(run.end);
  return (
    <tr class={chosen ? 'sel' : ''} data-id={run.id}>
      <td>
        <input
          class="check"
          type="checkbox"
          checked={chosen}
          aria-label={`Select run ${shortId(run.id)}`}
          onChange={props.onToggle}
        />
      </td>
      <td>
        <a class="cell-link mono" href={`/runs/${run.id}`}>
          {shortId(run.id)}
        </a>
      </td>
      <td class="nowrap" title={run.reason ?? undefined}>
        <Glyph name={end.glyph} tone={end.tone} /> {end.word}
      </td>
      {isShown('kind') && <td class="mid">{kindWords[run.kind]}</td>}
      {isShown('about') && <td>{aboutOf(run)}</td>}
      {isShown('started') && <td class="nowrap mid">{momentShort(run.started_at)}</td>}
      {isShown('lasted') && <td class="num">{lasted(run, props.now_ms)}</td>}
      <Numbers numbers={numbers} isOver={run.end !== null} />
    </tr>
  );
}

const measured: readonly Column[] = ['visits', 'hits', 'accepted', 'p95'];

function Numbers(props: { readonly numbers: RunItem['numbers']; readonly isOver: boolean }) {
  const { numbers } = props;
  const shown = measured.filter(isShown).length;
  if (numbers === null) {
    if (shown === 0) return null;
    return (
      <td class="num dim" colSpan={shown}>
        no numbers told
      </td>
    );
  }
  // Until then hits in flight are among those that were not accepted.
  const isPoor = props.isOver && numbers.accepted < poor * numbers.hits;
  return (
    <>
      {isShown('visits') && <td class="num">{count(numbers.visits)}</td>}
      {isShown('hits') && <td class="num">{count(numbers.hits)}</td>}
      {isShown('accepted') && (
        <td class={`num ${isPoor ? 'strong o-failed' : ''}`}>
          {share(numbers.accepted, numbers.hits)}
        </td>
      )}
      {isShown('p95') && (
        <td class="num">
          <Duration ms={numbers.p95_ms} />
        </td>
      )}
    </>
  );
}

function aboutOf({ name, preset, window }: RunItem) {
  const parts = [name, preset].filter((part) => part !== null).join(', ');
  if (window === null) return parts === '' ? <span class="dim">saved settings</span> : parts;
  const days = `${dayRange(window.first_day, window.last_day)}, ${count(window.days)} ${window.days === 1 ? 'day' : 'days'}`;
  return (
    <>
      {parts} <span class="dim nowrap">{days}</span>
    </>
  );
}

export function Duration({ ms }: { readonly ms: number | null }) {
  if (ms === null) return <span class="dim">not measured</span>;
  const [number, unit] = millis(ms);
  return (
    <>
      {number} <span class="u">{unit}</span>
    </>
  );
}
