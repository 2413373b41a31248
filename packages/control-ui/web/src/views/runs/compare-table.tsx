import type { RunComparison } from '@trafficinator/contract/rest';
import { count, rate } from '../../format/numbers.ts';
import { momentShort, zoneName } from '../../format/times.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { outcomes } from '../../parts/ledger.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import {
  alike,
  changeText,
  groups,
  type NumberPair,
  numberText,
  outcomeBetter,
  unitText,
  verdictOf,
} from './compare-rows.ts';
import { shortId } from './run-words.ts';

const tones = { better: 'o-accepted', worse: 'o-failed', same: 'dim', differs: '' } as const;

/** Every number of both with its difference: the known ones in groups, the others on request. */
export function CompareTable({ compared }: { readonly compared: RunComparison }) {
  const byPath = new Map(compared.numbers.map((pair) => [pair.path, pair]));
  const shown = new Set([
    ...groups.flatMap(({ rows }) => rows.map(({ path }) => path)),
    ...outcomes.map((name) => `hits.${name}`),
    'hits.planned',
    'hits.done',
  ]);
  const others = compared.numbers.filter(
    ({ path, difference }) =>
      !shown.has(path) || (difference === null && !path.startsWith('hits.')),
  );
  const planned = byPath.get('hits.planned') ?? byPath.get('hits.done');
  const equalLoad = Math.abs(planned?.relative ?? 1) < alike;
  return (
    <>
      <Scroll label="Numbers of both runs">
        <table class="tbl cmp">
          <Heads compared={compared} />
          {groups.map(({ title, rows }) => {
            const found = rows.flatMap((row) => {
              const pair = byPath.get(row.path);
              return pair === undefined || pair.difference === null ? [] : [{ ...row, pair }];
            });
            if (found.length === 0) return null;
            return (
              <tbody key={title}>
                <GroupHead title={title} />
                {found.map(({ label, unit, better, pair }) => (
                  <PairRow
                    key={pair.path}
                    label={label}
                    pair={pair}
                    better={unit === 'count' && !equalLoad ? null : better}
                    measured={unit !== 'count'}
                    text={(value) => numberText(value, unit)}
                    unit={unitText[unit]}
                  />
                ))}
              </tbody>
            );
          })}
          <Hits byPath={byPath} equalLoad={equalLoad} />
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
              {others.map((pair) => (
                <PairRow
                  key={pair.path}
                  label={pair.path}
                  pair={pair}
                  better={null}
                  measured={false}
                  text={(value) => (Number.isInteger(value) ? count(value) : rate(value))}
                  unit=""
                />
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

const GroupHead = ({ title }: { readonly title: string }) => (
  <tr class="grp">
    <th colSpan={5} scope="colgroup">
      {title}
    </th>
  </tr>
);

function Hits(props: {
  readonly byPath: ReadonlyMap<string, NumberPair>;
  readonly equalLoad: boolean;
}) {
  const { byPath, equalLoad } = props;
  const planned = byPath.get('hits.planned') ?? byPath.get('hits.done');
  if (planned === undefined) return null;
  const found = outcomes.flatMap((name) => {
    const pair = byPath.get(`hits.${name}`);
    return pair === undefined ? [] : [{ name, pair }];
  });
  const sum = (side: 'a' | 'b') => found.reduce((all, { pair }) => all + (pair[side] ?? 0), 0);
  const addsUp = sum('a') === (planned.a ?? 0) && sum('b') === (planned.b ?? 0);
  return (
    <tbody>
      <GroupHead title="Hits" />
      {found.map(({ name, pair }) => (
        <PairRow
          key={name}
          label={name}
          glyph={name}
          pair={pair}
          better={equalLoad ? outcomeBetter[name] : null}
          measured={false}
          text={count}
          unit=""
        />
      ))}
      <ShareRow accepted={byPath.get('hits.accepted')} planned={planned} />
      <PairRow
        label={addsUp ? 'Planned' : 'Planned, some still in flight'}
        pair={planned}
        better={null}
        measured={false}
        text={count}
        unit=""
        sum={addsUp}
      />
    </tbody>
  );
}

/** The part of the planned hits that was accepted: it compares runs of any length. */
function ShareRow(props: {
  readonly accepted: NumberPair | undefined;
  readonly planned: NumberPair;
}) {
  const { accepted, planned } = props;
  if (accepted === undefined || !accepted.a || !accepted.b || !planned.a || !planned.b) return null;
  const a = (100 * accepted.a) / planned.a;
  const b = (100 * accepted.b) / planned.b;
  const pair = { path: 'share', a, b, difference: b - a, relative: (b - a) / a };
  return (
    <PairRow
      label="Accepted, of the planned"
      pair={pair}
      better="more"
      measured
      text={(value) => value.toFixed(3)}
      unit="%"
    />
  );
}

function PairRow(props: {
  readonly label: string;
  readonly glyph?: string;
  readonly pair: NumberPair;
  readonly better: 'more' | 'less' | null;
  readonly measured: boolean;
  readonly text: (value: number) => string;
  readonly unit: string;
  readonly sum?: boolean;
}) {
  const { pair, glyph, measured, unit } = props;
  const verdict = verdictOf(pair, props.better, measured);
  const cell = (value: number | null) =>
    value === null ? (
      <span class="dim">not told</span>
    ) : (
      <>
        {props.text(value)} {unit !== '' && <span class="u">{unit}</span>}
      </>
    );
  return (
    <tr class={props.sum ? 'sum' : ''}>
      <th scope="row">
        {glyph !== undefined && <Glyph name={glyph} tone={glyph} />} {props.label}
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
