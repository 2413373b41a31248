import type { TargetItem } from '@trafficinator/contract/rest';
import { status, status_at_ms } from '../../api/live.ts';
import { setQuery } from '../../app/router.ts';
import { count, millis, rate, share } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useRowKeys } from '../../parts/step-row.ts';
import { targetRates } from '../../parts/target-rates.ts';
import { notAccepted, settledOf, sumsOf, type TargetSums } from './numbers.ts';
import { RowActs } from './row-acts.tsx';
import type { Targets } from './targets-api.ts';
import type { Tests } from './tests.tsx';
import { Volume } from './volume.tsx';
import type { Done } from './write.ts';

const words = {
  healthy: 'answers',
  unreachable: 'does not answer',
  refused: 'refused hits',
} as const;
const tones = { healthy: 'accepted', unreachable: 'unknown', refused: 'failed' } as const;
const glyphs = { healthy: 'running', unreachable: 'unreachable', refused: 'failed' } as const;

/** Target by target, with the numbers of the run under way or the last one. */
export function TargetTable(props: {
  readonly targets: Targets;
  readonly chosen: TargetItem | null;
  readonly may: boolean;
  readonly tests: Tests;
  readonly onEdit: (target: TargetItem) => void;
  readonly onDone: Done;
  readonly onLeft: () => void;
}) {
  const { targets, chosen, may } = props;
  useRowKeys();
  const { items, strategy } = targets;
  const all = items.flatMap(({ name }) => sumsOf(status.value, name) ?? []);
  const rates = status.value === null ? null : targetRates(status.value, status_at_ms.value);
  const own = strategy === 'independent';
  return (
    <Scroll label="Targets">
      <table class="tbl pad">
        <thead>
          <tr>
            <th>Target</th>
            <th class="num">Site</th>
            <th>{own ? 'Volume' : strategy === 'weighted' ? 'Weight' : 'Share'}</th>
            <th class="num">Hits/s</th>
            <th class="num">p95</th>
            <th class="num">Hits planned</th>
            <th class="num">Accepted</th>
            <th class="num">Not accepted</th>
            <th>
              <span class="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((target) => {
            const sums = sumsOf(status.value, target.name);
            return (
              <tr key={target.name} class={target === chosen && items.length > 1 ? 'sel' : ''}>
                <td>
                  <Health sums={sums} enabled={target.enabled} />{' '}
                  <button
                    type="button"
                    class="link strong cell-link"
                    onClick={() => setQuery({ target: target.name })}
                  >
                    {target.name}
                  </button>{' '}
                  {!target.enabled && <span class="tag">off</span>}{' '}
                  {target.token_auth === null && <span class="tag warn">no token</span>}
                  <span class="hide-s">
                    <br />
                    <span class="small dim mono">{target.url}</span>
                  </span>
                </td>
                <td class="num">{target.site_id}</td>
                <td>
                  <Volume
                    target={target}
                    targets={targets}
                    may={may}
                    onDone={props.onDone}
                    onLeft={props.onLeft}
                  />
                </td>
                <Figures sums={sums} rate={rates?.(target.name) ?? null} />
                <td class="num keep">
                  {may && (
                    <RowActs
                      target={target}
                      targets={targets}
                      tests={props.tests}
                      onEdit={props.onEdit}
                      onDone={props.onDone}
                      onLeft={props.onLeft}
                    />
                  )}
                </td>
              </tr>
            );
          })}
          {all.length > 1 && <Sum all={all} />}
        </tbody>
      </table>
    </Scroll>
  );
}

function Health({
  sums,
  enabled,
}: {
  readonly sums: TargetSums | null;
  readonly enabled: boolean;
}) {
  if (sums === null || !enabled) return <Glyph name="idle" tone="quiet" />;
  return (
    <span title={words[sums.health]}>
      <Glyph name={glyphs[sums.health]} tone={tones[sums.health]} />
      <span class="sr">{words[sums.health]}</span>
    </span>
  );
}

function Figures(props: { readonly sums: TargetSums | null; readonly rate: number | null }) {
  const { sums } = props;
  if (sums === null) {
    return (
      <td class="num dim" colSpan={5}>
        no numbers yet
      </td>
    );
  }
  return (
    <>
      <td class="num">{props.rate === null ? <span class="dim">–</span> : rate(props.rate)}</td>
      <td class="num nowrap">
        <Duration value={sums.p95_ms} />
      </td>
      <td class="num">{count(sums.planned)}</td>
      <td class="num nowrap">{share(sums.accepted, settledOf(sums))}</td>
      <td class="num">{count(notAccepted(sums))}</td>
    </>
  );
}

/** Over all targets; percentiles of parts make no percentile of the whole. */
function Sum({ all }: { readonly all: readonly TargetSums[] }) {
  const of = (part: (sums: TargetSums) => number): number =>
    all.reduce((total, each) => total + part(each), 0);
  const planned = of((each) => each.planned);
  return (
    <tr class="sum">
      <td colSpan={5}>Sum</td>
      <td class="num">{count(planned)}</td>
      <td class="num nowrap">
        {share(
          of((each) => each.accepted),
          of(settledOf),
        )}
      </td>
      <td class="num">{count(of(notAccepted))}</td>
      <td />
    </tr>
  );
}

function Duration({ value }: { readonly value: number | null }) {
  if (value === null) return <span class="dim">not yet</span>;
  const [number, unit] = millis(value);
  return (
    <>
      {number} <span class="u">{unit}</span>
    </>
  );
}
