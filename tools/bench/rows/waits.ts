import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Latency } from '../../../packages/loader/src/account/latency.ts';
import { systemClock } from '../../../packages/loader/src/edge/clock.ts';
import { Agenda } from '../../../packages/loader/src/pace/agenda.ts';
import { Draws } from '../../../packages/loader/src/plan/draw.ts';
import { weigh } from '../warm-window.ts';
import { seed } from './ground.ts';
import type { Measured } from './row.ts';

const waits = 100_000;
const meanGap_ms = 2_000;
const settled_ms = 3_000;
const weighed_ms = 5_000;

/**
 * 100,000 visits that only wait, each for 0.25 to 1.75 times two seconds again and again: in the loader's
 * agenda with its one timer, or with a timer of Node's each.
 */
export async function measureWaits(withAgenda: boolean): Promise<Measured> {
  const lateness = new Latency();
  let woken = 0;
  let over = false;
  const woke = (slot: number, due_ms: number) => {
    lateness.record(systemClock.elapsed() - due_ms);
    if (!over) wait(slot, due_ms + gapOf(slot, woken++));
  };
  const before = memory();
  const wait = withAgenda ? agendaOf(woke) : timersOf(woke);
  const began_ms = systemClock.elapsed();
  for (let slot = 0; slot < waits; slot++) wait(slot, began_ms + gapOf(slot, slot) / 2);
  const bytes_per_wait = (memory() - before) / waits;
  await sleep(settled_ms);
  const end = weigh(() => woken);
  await sleep(weighed_ms);
  const { count, cpu_us, wall_ms } = end();
  over = true;
  const { p50 = 0, p99 = 0 } = lateness.percentiles() ?? {};
  const figures = {
    bytes_per_wait,
    cpu_us_per_wake: cpu_us / count,
    wakes_per_second: (count * 1000) / wall_ms,
    late_p50_ms: p50,
    late_p99_ms: p99,
  };
  return { figures, hits: null };
}

/** Makes something wait until a moment, or is told that it has. */
type Wait = (slot: number, due_ms: number) => void;

function agendaOf(woke: Wait): Wait {
  const agenda = new Agenda(systemClock, 1024, woke);
  return (slot, due_ms) => agenda.add(due_ms, slot);
}

const timersOf =
  (woke: Wait): Wait =>
  (slot, due_ms) => {
    systemClock.after(due_ms - systemClock.elapsed(), () => woke(slot, due_ms));
  };

const gapOf = (slot: number, n: number): number =>
  meanGap_ms * (0.25 + 1.5 * new Draws(seed, slot).unit(1, n));

/** Bytes in use once the garbage is collected. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
