import type { FleetStatus } from '@trafficinator/contract/rest';
import { expect, it } from 'vitest';
import { targetRates } from './target-rates.ts';

const fleetWith = (hits: Record<string, number>): FleetStatus =>
  ({
    loaders: [
      {
        snapshot: {
          targets: Object.entries(hits).map(([name, accepted]) => ({
            name,
            hits: { planned: 9_000, accepted, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
          })),
        },
      },
    ],
  }) as unknown as FleetStatus;

it('is what was added in the last seconds, and unknown before and after another run began', () => {
  expect(targetRates(fleetWith({ shop: 100 }), 0)('shop')).toBeNull();
  expect(targetRates(fleetWith({ shop: 140 }), 10_000)('shop')).toBe(4);
  expect(targetRates(fleetWith({ shop: 200 }), 20_000)('shop')).toBe(6);
  expect(targetRates(fleetWith({ shop: 5 }), 22_000)('shop')).toBeNull();
  expect(targetRates(fleetWith({ shop: 5 }), 40_000)('other')).toBeNull();
});
