import { describe, expect, it } from 'vitest';
import { Draws } from './draw.ts';
import type { Device } from './material/material.ts';
import { compileTimings } from './timings.ts';
import type { Timings } from './visit.ts';

const visits = 20_000;
const timingsOf = compileTimings();
const loadsOf = (kind: Device['kind']): Timings[] =>
  Array.from({ length: visits }, (_, visit) => timingsOf(new Draws(6, visit), kind)(0));
const names = [
  'network_ms',
  'server_ms',
  'transfer_ms',
  'dom_processing_ms',
  'dom_completion_ms',
  'on_load_ms',
] as const;
const quantile = (loads: readonly Timings[], name: keyof Timings, share: number): number =>
  loads.map((load) => load[name]).sort((a, b) => a - b)[Math.floor(loads.length * share)]!;
const total = (load: Timings): number => names.reduce((sum, name) => sum + load[name], 0);

/** The medians of docs/traffic.md. */
const documented: Readonly<Record<Device['kind'], readonly number[]>> = {
  desktop: [31, 160, 15, 260, 370, 12],
  tablet: [45, 170, 22, 450, 635, 22],
  smartphone: [60, 185, 31, 620, 975, 30],
};

describe('page loads', () => {
  it.each(['desktop', 'tablet', 'smartphone'] as const)('of a %s have their medians', (kind) => {
    const loads = loadsOf(kind);
    const medians = names.map((name) => quantile(loads, name, 0.5));
    for (const [at, median] of medians.entries()) {
      expect(Math.abs(median / documented[kind][at]! - 1), names[at]).toBeLessThan(0.08);
    }
  });

  it('take whole milliseconds, never less than none, and some take very long', () => {
    for (const kind of ['desktop', 'tablet', 'smartphone'] as const) {
      const loads = loadsOf(kind);
      for (const name of names) {
        const times = loads.map((load) => load[name]);
        expect(times.every((ms) => Number.isInteger(ms) && ms >= 0 && ms < 60_000)).toBe(true);
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(loads, name, share));
        expect(p95! / p50!, name).toBeGreaterThan(2.2);
        expect(p99! / p50!, name).toBeGreaterThan(3.5);
        expect(p99! / p50!, name).toBeLessThan(30);
      }
    }
  });

  it('are slower on small devices and on their networks', () => {
    const median = (kind: Device['kind']) => {
      const totals = loadsOf(kind).map(total);
      return totals.sort((a, b) => a - b)[visits / 2]!;
    };
    expect(median('smartphone')).toBeGreaterThan(1.3 * median('tablet'));
    expect(median('tablet')).toBeGreaterThan(1.3 * median('desktop'));
  });

  it('of one visit share its connection', () => {
    const slow = Array.from({ length: visits }, (_, visit) => {
      const loads = timingsOf(new Draws(6, visit), 'smartphone');
      const times = Array.from({ length: 40 }, (_, n) => loads(n).network_ms);
      return times.sort((a, b) => a - b)[20]!;
    }).filter((median) => median > 200);
    expect(slow.length / visits).toBeGreaterThan(0.04);
    expect(slow.length / visits).toBeLessThan(0.06);
  });
});
