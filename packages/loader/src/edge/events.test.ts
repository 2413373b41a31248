import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '@trafficinator/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { EventTemplate } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import { sigmas } from '../testing/statistics.ts';
import { loadEvents } from './events.ts';

const directory = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

function load(content: object, changes: object = {}) {
  const path = join(directory, `events-${files++}.json`);
  writeFileSync(path, JSON.stringify(content));
  return loadEvents({ ...defaultSettings, ...changes, events_file: path });
}
const event = (category: string, weight = 1) => ({ category, action: 'A', weight });

/** Visits and events by category that a plan makes with such a file. */
function planned(content: object, changes: object = {}) {
  const material = { ...builtinMaterial(), own_events: load(content, changes).events };
  const settings = { ...defaultSettings, pageviews_min: 2, ...changes };
  const plan = compilePlan(settings, material, 3);
  const counts = new Map<string, number>();
  for (let index = 0; index < 20_000; index++) {
    for (const { kind, detail } of plan(index).hits) {
      if (kind !== 'event') continue;
      const category = (detail as EventTemplate).category.raw;
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  }
  return counts;
}

describe('events of a file', () => {
  it('are none when nothing is named and nothing stands at the usual place', () => {
    expect(loadEvents(defaultSettings)).toEqual({ events: null, source: null, problems: [] });
  });

  it('go in place of the built-in ones, by their weights and as often as the file says', () => {
    const counts = planned({
      click_events: [event('often', 3), event('seldom'), event('never', 0)],
      random_events: [event('random')],
      click_events_probability: 0.5,
      random_events_probability: 0.1,
    });
    expect([...counts.keys()].sort()).toEqual(['often', 'random', 'seldom']);
    expect(sigmas(counts.get('often') ?? 0, 20_000, 0.375)).toBeLessThan(3);
    expect(sigmas(counts.get('seldom') ?? 0, 20_000, 0.125)).toBeLessThan(3);
    expect(sigmas(counts.get('random') ?? 0, 20_000, 0.1)).toBeLessThan(3);
  });

  it('leave the other kind as it is, and are none when the list is empty', () => {
    const builtin = new Set(builtinMaterial().click_events.map(({ category }) => category.raw));
    const counts = planned({ random_events: [] });
    for (const category of counts.keys()) expect(builtin).toContain(category);
    const clicks = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(sigmas(clicks, 20_000, defaultSettings.click_events_probability)).toBeLessThan(3);
  });

  it('have their share from the file when the setting is at its default, and say so', () => {
    const { events, problems } = load({ click_events_probability: 0.5 });
    expect(events?.click_probability).toBe(0.5);
    expect(problems).toMatchObject([{ code: 'events_share_from_file', severity: 'notice' }]);
  });

  it('have their share from the setting when it says another, with a warning', () => {
    const settings = { click_events_probability: 0.1 };
    const { events, problems } = load({ click_events_probability: 0.5 }, settings);
    expect(events?.click_probability).toBeNull();
    expect(problems).toMatchObject([
      {
        code: 'events_share_not_used',
        severity: 'warning',
        message:
          'CLICK_EVENTS_PROBABILITY is 0.1, but the events file says 0.5; the setting counts.',
      },
    ]);
    expect(load({ click_events_probability: 0.1 }, settings).problems).toEqual([]);
  });

  it('are refused when the file cannot be read or is not right', () => {
    const missing = join(directory, 'missing.json');
    const unread = loadEvents({ ...defaultSettings, events_file: missing });
    expect(unread.problems).toMatchObject([{ code: 'events_unusable', value: missing }]);
    expect(load({ click_events: [{}] }).problems).toHaveLength(2);
  });
});
