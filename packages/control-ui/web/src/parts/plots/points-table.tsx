import { useState } from 'preact/hooks';
import { count, rate } from '../../format/numbers.ts';
import { momentShort, timeOf } from '../../format/times.ts';
import { Scroll } from '../scroll.tsx';
import type { Point } from './points.ts';

const durations = ['p50_ms', 'p95_ms', 'p99_ms', 'lateness_p95_ms'] as const;
const missed = ['rejected', 'failed', 'unknown', 'dropped'] as const;

/** The points of the graphs as a table, for those who cannot see them or want to copy them. */
export function PointsTable({ points }: { readonly points: readonly Point[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as table</summary>
      {open && (
        <Scroll tall label="Points of the graphs">
          <table class="tbl rows">
            <thead>
              <tr>
                <th>From</th>
                <th class="num">Planned visits/s</th>
                <th class="num">Accepted hits/s</th>
                {missed.map((name) => (
                  <th key={name} class="num">
                    {name} hits
                  </th>
                ))}
                <th class="num">p50 ms</th>
                <th class="num">p95 ms</th>
                <th class="num">p99 ms</th>
                <th class="num">late p95 ms</th>
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map((point) => (
                <tr key={point.at_seconds}>
                  <td title={timeOf(point.at_seconds * 1000)}>
                    {momentShort(point.at_seconds * 1000)}:
                    {String(point.at_seconds % 60).padStart(2, '0')}
                  </td>
                  <td class="num">{rate(point.planned_visits / Math.max(1, point.seconds))}</td>
                  <td class="num">{rate(point.accepted / Math.max(1, point.seconds))}</td>
                  {missed.map((name) => (
                    <td key={name} class={`num ${point[name] === 0 ? 'dim' : ''}`}>
                      {count(point[name])}
                    </td>
                  ))}
                  {durations.map((name) => (
                    <td key={name} class="num">
                      {point[name] === null ? '–' : count(point[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  );
}
