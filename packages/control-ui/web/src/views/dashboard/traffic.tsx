import type { FleetStatus } from '@trafficinator/contract/rest';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../../api/client.ts';
import { oneOf, preference } from '../../api/preferences.ts';
import { now_ms } from '../../app/clock.ts';
import { place, setQuery } from '../../app/router.ts';
import { clockShort, spanOf, zoneName } from '../../format/times.ts';
import { Graphs } from '../../parts/plots/graphs.tsx';
import { latestOf, type Point } from '../../parts/plots/points.ts';
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
/** The range that was looked at last. */
const rangeChosen = preference<Range>('graph_range', oneOf(ranges.map(([name]) => name)), '5m');
const again_ms = 10_000;

/** Graphs of the run under way, or of the last one. */
export function Traffic({ fleet }: { readonly fleet: FleetStatus }) {
  const asked = place.value.query.get('range');
  const range = ranges.find(([name]) => name === asked)?.[0] ?? rangeChosen.value;
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
  const tick = Math.floor(now_ms.value / again_ms);
  const points = useMemo(
    () => latestOf(kept, tick * again_ms, seconds[range]),
    [kept, range, tick],
  );
  return (
    <Section
      title="Traffic"
      meta={rangeText(points)}
      act={
        <Segmented
          label="Time range"
          options={ranges}
          value={range}
          onChange={(chosen) => {
            rangeChosen.set(chosen);
            setQuery({ range: chosen, zoom: null });
          }}
        />
      }
    >
      {points.length < 2 ? (
        <p class="mid">
          {fleet.run_id === null ? (
            'The graphs begin with the first hits and stay with the run.'
          ) : points.length === kept.length ? (
            'Nothing to draw yet: a point is ten seconds, and a line needs two.'
          ) : (
            <>
              Nothing in this range. See the whole run, or earlier ones under{' '}
              <a href="/runs">Runs</a>.
            </>
          )}
        </p>
      ) : (
        <Graphs points={points} group="dashboard" />
      )}
    </Section>
  );
}

/** `10:40–16:40 CET, one point every 10 s` */
function rangeText(points: readonly Point[]): string | undefined {
  const [first, second] = points;
  const last = points.at(-1);
  if (first === undefined || second === undefined || last === undefined) return undefined;
  const times = [first, last].map(({ at_seconds }) => clockShort(at_seconds * 1000));
  return `${times.join('–')} ${zoneName()}, one point every ${spanOf(first.seconds)}`;
}
