import { expect, it } from 'vitest';
import { dayBounds } from '../pace/calendar.ts';
import { siteZone } from './site-zone.ts';

it.each([
  ['Europe/Stockholm', 'Europe/Stockholm', 24],
  ['UTC', 'UTC', 24],
  ['UTC+5.5', 'UTC+5:30', 24],
  ['UTC-3', 'UTC-3:00', 24],
  ['UTC+12.75', 'UTC+12:45', 24],
  ['UTC-0.5', 'UTC-0:30', 24],
])('%s is %s', (name, zone, hours) => {
  expect(siteZone(name)).toBe(zone);
  const { start_ms, end_ms } = dayBounds('2026-06-10', zone);
  expect((end_ms - start_ms) / 3_600_000).toBe(hours);
});

it('offsets mean what they say', () => {
  expect(dayBounds('2026-06-10', siteZone('UTC+5.5') ?? '').start_ms).toBe(
    Date.parse('2026-06-09T18:30Z'),
  );
  expect(dayBounds('2026-06-10', siteZone('UTC-0.5') ?? '').start_ms).toBe(
    Date.parse('2026-06-10T00:30Z'),
  );
});

it.each(['Mars/Olympus', 'UTC+', ''])('“%s” is unknown', (name) => {
  expect(siteZone(name)).toBeNull();
});
