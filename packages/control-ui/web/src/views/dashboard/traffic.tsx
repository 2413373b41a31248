import type { FleetStatus } from '@trafficinator/contract/rest';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../../api/client.ts';
import { status_at_ms } from '../../api/live.ts';
import { place, setQuery } from '../../app/router.ts';
import { Graphs } from '../../parts/plots/graphs.tsx';
import { type Point, withLatest } from '../../parts/plots/points.ts';
import { Section } from '../../parts/section.tsx';
import { Segmented } from '../../parts/segmented.tsx';

const ranges = [
  ['5m', '5 min'],
  ['1h', '1 h'],
  ['6h', '6 h'],
  ['run', 'Whole run'],
] as const;
type Range = (typeof ranges)[number][0];
const seconds: Readonly<Record<Range, number | null>> = {
  '5m': 300,
  '1h': 3_600,
  '6h': 21_600,
  run: null,
};
const again_ms = 10_000;

/** Graphs of the run under way, or of the last one. */
export function Traffic({ fleet }: { readonly fleet: FleetStatus }) {
  const asked = place.value.query.get('range');
  const range = ranges.find(([name]) => name === asked)?.[0] ?? '5m';
  const [kept, setKept] = useState<readonly Point[]>([]);
  const { run_id } = fleet;

  useEffect(() => {
    if (run_id === null) return;
    const ended = new AbortController();
    const load = async () => {
      const span = seconds[range];
      const now = Math.floor(Date.now() / 1000);
      const from = span === null ? '' : `&from=${now - span}`;
      const path = `/api/runs/${run_id}/series?points=600${from}`;
      const { points } = await get<{ points: Point[] }>(path, ended.signal);
      setKept(points);
    };
    const quietly = () => void load().catch(() => {});
    quietly();
    const timer = setInterval(quietly, again_ms);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [run_id, range]);

  // What is older than the range leaves it every ten seconds, as new points come: nothing is drawn in between.
  const step = Math.floor(status_at_ms.value / again_ms);
  const points = useMemo(
    () => withLatest(kept, fleet, step * again_ms, seconds[range]),
    [kept, step, range],
  );
  return (
    <div>
      <Section
        first
        title="Traffic"
        meta="one point every 10 s"
        act={
          <Segmented
            label="Time range"
            options={ranges}
            value={range}
            onChange={(chosen) => setQuery({ range: chosen })}
          />
        }
      >
        {points.length < 2 ? (
          <p class="dim">No data yet: the first point comes after ten seconds of a run.</p>
        ) : (
          <Graphs points={points} group="dashboard" />
        )}
      </Section>
    </div>
  );
}
