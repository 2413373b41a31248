import type { RunComparison } from '@trafficinator/contract/rest';
import { count } from '../../format/numbers.ts';
import { momentShort, zoneName } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { alike, type ComparedRow, changeText, comparedGroups, verdictOf } from './compare-rows.ts';
import { shortId } from './run-words.ts';

const tones = { better: 'o-accepted', worse: 'o-failed', same: 'dim', differs: '' } as const;

/** Every number of both with its difference: the known ones in groups, the others on request. */
export function CompareTable({ compared }: { readonly compared: RunComparison }) {
  const { groups, others, equalLoad } = comparedGroups(compared);
  return (
    <>
      <Scroll label="Numbers of both runs">
        <table class="tbl cmp">
          <Heads compared={compared} />
          {groups.map(({ title, rows }) => (
            <tbody key={title}>
              <tr class="grp">
                <th colSpan={5} scope="colgroup">
                  {title}
                </th>
              </tr>
              {rows.map((row) => (
                <PairRow key={row.pair.path} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      </Scroll>
      <p class="small dim list-foot">
        Measured numbers within {100 * alike} % of one another count as the same.{' '}
        {!equalLoad && 'Counts are not judged: the two planned different numbers of hits.'}
      </p>
      {others.length > 0 && (
        <details class="more">
          <summary>{count(others.length)} more numbers</summary>
          <table class="tbl">
            <tbody>
              {others.map((row) => (
                <PairRow key={row.pair.path} row={row} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

function Heads({ compared: { a, b } }: { readonly compared: RunComparison }) {
  return (
    <thead>
      <tr>
        <th>
          <span class="sr">Number</span>
        </th>
        <th class="num">
          <i class="key dash o-ink" /> A: <a href={`/runs/${a.id}`}>{shortId(a.id)}</a>
          <br />
          <span class="dim hide-s">
            {momentShort(a.started_at)} {zoneName()}
          </span>
        </th>
        <th class="num">
          <i class="key o-accent" /> B: <a href={`/runs/${b.id}`}>{shortId(b.id)}</a>
          <br />
          <span class="dim hide-s">
            {momentShort(b.started_at)} {zoneName()}
          </span>
        </th>
        <th class="num">Change</th>
        <th class="hide-s">
          <span class="sr">Verdict</span>
        </th>
      </tr>
    </thead>
  );
}

function PairRow({ row }: { readonly row: ComparedRow }) {
  const { pair, outcome, measured, unit } = row;
  const verdict = verdictOf(row);
  const cell = (value: number | null) =>
    value === null ? (
      <span class="dim">not told</span>
    ) : (
      <>
        {row.text(value)} {unit !== '' && <span class="u">{unit}</span>}
      </>
    );
  return (
    <tr class={row.sum ? 'sum' : ''}>
      <th scope="row">
        {outcome !== null && <Glyph name={outcome} tone={outcome} />} {row.label}
      </th>
      <td class="num">{cell(pair.a)}</td>
      <td class="num">{cell(pair.b)}</td>
      <td class={`num ${verdict === null ? 'dim' : tones[verdict]}`}>
        {changeText(pair, measured)}
      </td>
      <td class={`small hide-s ${verdict === 'same' ? 'dim' : ''}`}>{verdict ?? ''}</td>
    </tr>
  );
}
