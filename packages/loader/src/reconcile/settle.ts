import type { Clock } from '../pace/clock.ts';
import type { ComparedDay } from './compare.ts';

const pauses_ms = [2_000, 4_000, 8_000, 15_000];

export interface Settled {
  readonly days: readonly ComparedDay[];
  /** How often Matomo was asked. */
  readonly reads: number;
  /** The numbers were still moving when the time was over. */
  readonly moving: boolean;
}

/**
 * Reads the days until they are as planned, until two reads in a row say the same, or until the time is
 * over: archiving and queues need a while. Only numbers below the plan are waited for.
 * `read`: compares the span from the first to the last of these days anew.
 */
export async function settle(
  first: readonly ComparedDay[],
  read: (first_day: string, last_day: string) => Promise<readonly ComparedDay[]>,
  clock: Clock,
  wait_ms: number,
): Promise<Settled> {
  const until_ms = clock.elapsed() + wait_ms;
  let days = first;
  for (let reads = 1; ; reads++) {
    const short = days.filter(isShort);
    const left_ms = until_ms - clock.elapsed();
    const [from, to] = [short.at(0), short.at(-1)];
    if (from === undefined || to === undefined) return { days, reads, moving: false };
    if (left_ms <= 0) return { days, reads, moving: reads > 1 };
    const pause_ms = pauses_ms[Math.min(reads, pauses_ms.length) - 1] as number;
    await new Promise<void>((resolve) => clock.after(Math.min(pause_ms, left_ms), resolve));
    const again = new Map((await read(from.date, to.date)).map((day) => [day.date, day]));
    const next = days.map((day) => again.get(day.date) ?? day);
    if (next.every((day, index) => sameNumbers(day, days[index] as ComparedDay))) {
      return { days: next, reads: reads + 1, moving: false };
    }
    days = next;
  }
}

const isShort = (day: ComparedDay): boolean =>
  day.differences.some(({ difference }) => difference < 0);

const sameNumbers = (one: ComparedDay, other: ComparedDay): boolean =>
  one.differences.length === other.differences.length &&
  one.differences.every(
    ({ metric, recorded }, index) =>
      metric.name === other.differences[index]?.metric.name &&
      recorded === other.differences[index]?.recorded,
  );
