import { isFree, type NewDimension } from '../section.ts';
import { sharesOf } from '../shares.ts';

const parts = 8;

/** How long visits are, where no funnel decides: equally likely from the shortest to the longest. */
export const stays: NewDimension = ({ settings }) => {
  const { visit_duration_min: least, visit_duration_max: most } = settings;
  const width = (most - least) / parts;
  const names = Array.from({ length: width > 0 ? parts : 1 }, (_, n) =>
    width > 0
      ? `${clock(least + n * width)} to ${clock(least + (n + 1) * width)}`
      : `${clock(least)}`,
  );
  const partOf = (minutes: number): number =>
    width > 0 ? Math.min(parts - 1, Math.max(0, Math.floor((minutes - least) / width))) : 0;
  return sharesOf(
    { name: 'stays', title: 'Visit length (min:s)', of: 'visits without funnel and journey' },
    (visit) => (isFree(visit) ? (names[partOf(visit.duration_ms / 60_000)] ?? null) : null),
    new Map(names.map((name) => [name, 1])),
  );
};

/** 1.875 → `1:52`. */
function clock(minutes: number): string {
  const seconds = Math.floor(minutes * 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
