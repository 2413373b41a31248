import type { FleetStatus } from '@trafficinator/contract/rest';
import { count, millis, share } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { type OutcomeName, outcomes } from '../../parts/ledger.tsx';
import { Section } from '../../parts/section.tsx';

const tones = { healthy: 'accepted', unreachable: 'unknown', refused: 'failed' } as const;
const glyphs = { healthy: 'running', unreachable: 'unreachable', refused: 'failed' } as const;

/** Each Matomo's part. */
export function TargetsTable({ fleet }: { readonly fleet: FleetStatus }) {
  const targets = fleet.loaders.flatMap(({ id, snapshot }) =>
    (snapshot?.targets ?? []).map((target) => ({ id, ...target })),
  );
  return (
    <Section
      first
      title="Targets"
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
              <th class="num">Hits</th>
              <th class="num">p95</th>
              <th class="num">Accepted</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <tr key={`${target.id} ${target.name}`}>
                <td>
                  <Glyph name={glyphs[target.health]} tone={tones[target.health]} /> {target.name}{' '}
                  {target.health !== 'healthy' && <span class="u">{target.health}</span>}
                </td>
                <td class="num">{count(target.hits.planned)}</td>
                <td class="num">
                  <Duration value={target.response_ms?.p95 ?? null} />
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
