import { describe, expect, it } from 'vitest';
import { placeList } from './places.ts';

const places = placeList();

/** Hours that a zone is ahead of UTC in winter (of the north). */
function offset(zone: string): number {
  const at = Date.UTC(2026, 0, 15, 12);
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

describe('cities', () => {
  it('are about five in each country, with different names', () => {
    for (const { country, cities } of places) {
      expect(cities.length, country).toBeGreaterThanOrEqual(5);
      expect(new Set(cities.map(({ name }) => name)).size, country).toBe(cities.length);
    }
  });

  it('are in all zones of their country and in no other', () => {
    for (const { country, cities, zones } of places) {
      const inhabited = new Set(cities.map(({ zone }) => zone));
      expect(inhabited, country).toEqual(new Set(zones.map(({ zone }) => zone)));
    }
  });

  it('lie where the sun agrees with their clocks, give or take three hours', () => {
    for (const { cities } of places) {
      for (const { name, longitude, latitude, zone } of cities) {
        expect(Math.abs(longitude / 15 - offset(zone)), name).toBeLessThan(3);
        expect(Math.abs(latitude), name).toBeLessThan(75);
      }
    }
  });

  it('lie near the others of their zone', () => {
    for (const { country, cities } of places) {
      for (const a of cities) {
        for (const b of cities) {
          if (a.zone !== b.zone) continue;
          expect(Math.abs(a.latitude - b.latitude), `${country} ${a.name}`).toBeLessThan(20);
          expect(Math.abs(a.longitude - b.longitude), `${country} ${a.name}`).toBeLessThan(23);
        }
      }
    }
  });

  it('have regions in the form of ISO 3166-2, but for Hong Kong', () => {
    for (const { country, cities } of places) {
      for (const { region, weight, name } of cities) {
        if (country === 'hk') expect(region).toBeNull();
        else expect(region, name).toMatch(/^[A-Z0-9]{1,3}$/);
        expect(weight, name).toBeGreaterThan(0);
      }
    }
  });

  it('are ready for a query', () => {
    const se = places.find(({ country }) => country === 'se')!;
    expect(se.cities.find(({ name }) => name === 'Malmö')?.query).toBe(
      '&region=M&city=Malm%C3%B6&lat=55.605&long=13.004',
    );
    const hk = places.find(({ country }) => country === 'hk')!;
    expect(hk.cities[0]?.query).toBe('&city=Hong%20Kong&lat=22.32&long=114.169');
  });
});
