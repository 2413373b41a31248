import type { FleetStatus } from '@trafficinator/contract/rest';
import { count, mebibytes, millis } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import { Section } from '../../parts/section.tsx';
import { toneOf } from '../../parts/states.ts';

/** `1 of 3` of a shard `0/3`. */
const shardText = (shard: string): string => {
  const [number, of] = shard.split('/').map(Number);
  return `${(number ?? 0) + 1} of ${of}`;
};

/** The processes behind it. */
export function Loaders({ fleet }: { readonly fleet: FleetStatus }) {
  if (fleet.loaders.length === 0) return null;
  return (
    <Section title="Workers" meta={fleet.runner.reason}>
      <table class="tbl">
        <thead>
          <tr>
            <th>Loader</th>
            <th class="num">Hits</th>
            <th class="num">Late p99</th>
            <th class="num">CPU</th>
            <th class="num">Memory</th>
          </tr>
        </thead>
        <tbody>
          {fleet.loaders.map(({ id, state, snapshot, usage }) => {
            const late = snapshot?.lateness_ms?.p99 ?? null;
            const memory = usage === null ? null : mebibytes(usage.memory_bytes);
            return (
              <tr key={id}>
                <td>
                  <Glyph name={state} tone={toneOf(state)} /> {id}{' '}
                  {snapshot?.shard != null && <span class="u">{shardText(snapshot.shard)}</span>}
                </td>
                <td class="num">{count(snapshot?.hits.planned ?? 0)}</td>
                <td class="num">
                  {late === null ? (
                    <span class="dim">–</span>
                  ) : (
                    <>
                      {millis(late)[0]} <span class="u">{millis(late)[1]}</span>
                    </>
                  )}
                </td>
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
