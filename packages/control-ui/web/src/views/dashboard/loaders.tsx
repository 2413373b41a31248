import type { FleetStatus } from '@trafficinator/contract/rest';
import { count, mebibytes } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';
import { toneOf } from '../../parts/states.ts';

/** The processes behind it. */
export function Loaders({ fleet }: { readonly fleet: FleetStatus }) {
  if (fleet.loaders.length === 0) return null;
  return (
    <Section title="Loaders" meta={fleet.runner.reason}>
      <table class="tbl">
        <thead>
          <tr>
            <th>Loader</th>
            <th class="num">Hits</th>
            <th class="num">CPU</th>
            <th class="num">Memory</th>
          </tr>
        </thead>
        <tbody>
          {fleet.loaders.map(({ id, state, snapshot, usage }) => {
            const memory = usage === null ? null : mebibytes(usage.memory_bytes);
            return (
              <tr key={id}>
                <td>
                  <Glyph name={state} tone={toneOf(state)} /> {id}
                </td>
                <td class="num">{count(snapshot?.hits.planned ?? 0)}</td>
                <td class="num">
                  {usage === null ? (
                    <span class="dim">–</span>
                  ) : (
                    <>
                      {count(usage.cpu_percent)} <span class="u">%</span>
                    </>
                  )}
                </td>
                <td class="num">
                  {memory === null ? (
                    <span class="dim">–</span>
                  ) : (
                    <>
                      {memory[0]} <span class="u">{memory[1]}</span>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
