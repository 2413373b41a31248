import type { FleetStatus } from '@trafficinator/contract/rest';
import { status_at_ms } from '../../api/live.ts';
import { count, millis, rate, share } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { type OutcomeName, outcomes } from '../../parts/ledger.tsx';
import { Section } from '../../parts/section.tsx';
import { targetRates } from '../../parts/target-rates.ts';

const tones = { healthy: 'accepted', unreachable: 'unknown', refused: 'failed' } as const;
const glyphs = { healthy: 'running', unreachable: 'unreachable', refused: 'failed' } as const;

/** Each Matomo's part. */
export function TargetsTable({ fleet }: { readonly fleet: FleetStatus }) {
  const targets = sumsByName(fleet);
  const rates = targetRates(fleet, status_at_ms.value);
  return (
    <Section
      first
      title="Targets"
      meta={targets.length > 1 ? strategyOf(fleet) : undefined}
      act={
        <a class="small" href="/targets">
          Open
        </a>
      }
    >
      {targets.length === 0 ? (
        <p class="dim">Nothing is sent yet.</p>
      ) : (
        <table class="tbl">
          <thead>
            <tr>
              <th>Name</th>
              <th class="num">Hits/s</th>
              <th class="num">p95</th>
              <th class="num">Accepted</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <tr key={target.name}>
                <td>
                  <Glyph name={glyphs[target.health]} tone={tones[target.health]} /> {target.name}{' '}
                  {target.health !== 'healthy' && <span class="u">{target.health}</span>}
                </td>
                <td class="num" title={`${count(target.hits.planned)} hits planned in this run`}>
                  {rateText(rates(target.name))}
                </td>
                <td class="num">
                  <Duration value={target.p95_ms} />
                </td>
                <td class="num">{share(target.hits.accepted, settledOf(target.hits))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

const rateText = (value: number | null) =>
  value === null ? <span class="dim">–</span> : rate(value);

const strategyOf = ({ settings }: FleetStatus): string =>
  String(settings.target_strategy ?? 'weighted').replaceAll('-', ' ');

type Told = NonNullable<FleetStatus['loaders'][number]['snapshot']>['targets'][number];
interface Sums {
  readonly name: string;
  readonly health: Told['health'];
  readonly hits: Told['hits'];
  /** The slowest loader's. */
  readonly p95_ms: number | null;
}

/** Each target once, however many loaders send to it. */
function sumsByName({ loaders }: FleetStatus): Sums[] {
  const sums = new Map<string, Sums>();
  for (const told of loaders.flatMap(({ snapshot }) => snapshot?.targets ?? [])) {
    const before = sums.get(told.name);
    const p95_ms = told.response_ms?.p95 ?? null;
    sums.set(told.name, {
      name: told.name,
      health: before === undefined || before.health === 'healthy' ? told.health : before.health,
      hits: before === undefined ? told.hits : added(before.hits, told.hits),
      p95_ms:
        before === undefined || before.p95_ms === null
          ? p95_ms
          : Math.max(before.p95_ms, p95_ms ?? 0),
    });
  }
  return [...sums.values()];
}

const added = (a: Told['hits'], b: Told['hits']): Told['hits'] => ({
  planned: a.planned + b.planned,
  accepted: a.accepted + b.accepted,
  rejected: a.rejected + b.rejected,
  failed: a.failed + b.failed,
  unknown: a.unknown + b.unknown,
  dropped: a.dropped + b.dropped,
});

/** Hits that have an outcome: those in flight are not counted yet. */
const settledOf = (hits: Readonly<Record<OutcomeName, number>>): number =>
  outcomes.reduce((sum, name) => sum + hits[name], 0);

function Duration({ value }: { readonly value: number | null }) {
  if (value === null) return <span class="dim">not yet</span>;
  const [number, unit] = millis(value);
  return (
    <>
      {number} <span class="u">{unit}</span>
    </>
  );
}
