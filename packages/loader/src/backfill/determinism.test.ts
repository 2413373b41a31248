import { createHash } from 'node:crypto';
import {
  defaultSettings,
  isSecret,
  type SettingName,
  type Settings,
  settingList,
  type Target,
  targetsOf,
} from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { backfillOrderPrefix } from '../edge/identity.ts';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { decidingSettings } from './identity.ts';

async function sentBy(changes: Partial<Settings>, lanes: number, seed = 5): Promise<string[]> {
  const rehearsal = new BackfillRehearsal(40, changes, { lanes, seed });
  await rehearsal.process().toEnd();
  return rehearsal.matomo.recorded.toSorted();
}

const { planned } = new BackfillRehearsal(40);
/** A difference between thousands of queries is told in one line. */
const digest = (queries: readonly string[]): string =>
  `${queries.length} ${createHash('sha256').update(queries.join()).digest('hex')}`;

describe('the hits of a backfill', () => {
  it('are the planned ones, each once', async () => {
    expect(planned.length).toBeGreaterThan(500);
    expect(new Set(planned).size).toBe(planned.length);
    expect(digest(await sentBy({}, 2))).toBe(digest(planned));
  });

  it.each([
    [1, 1, 'bulk'],
    [1, 20, 'bulk'],
    [1, 200, 'bulk'],
    [2, 1, 'bulk'],
    [2, 20, 'bulk'],
    [7, 1, 'bulk'],
    [7, 20, 'bulk'],
    [7, 200, 'bulk'],
    [1, 200, 'single'],
    [2, 200, 'single'],
    [7, 200, 'single'],
  ] as const)(
    'are the same with %d lanes and %d hits a request, %s',
    async (lanes, bulk_size, delivery) => {
      expect(digest(await sentBy({ bulk_size, delivery }, lanes))).toBe(digest(planned));
    },
  );

  it('are others with another seed', async () => {
    const others = await sentBy({}, 2, 6);
    const known = new Set(planned);
    expect(others.filter((query) => known.has(query))).toEqual([]);
  });
});

/** Another value that is in range; null where there is none to be made up. */
function otherValue(name: SettingName): unknown {
  const setting = settingList[name];
  const value = defaultSettings[name];
  if (setting.kind === 'boolean') return !value;
  if (setting.kind === 'choice') return setting.values.find((each) => each !== value);
  if (setting.kind !== 'integer' && setting.kind !== 'number') return null;
  return value === setting.max ? setting.min : Math.min(setting.max, Number(value ?? 0) + 1);
}

describe('what decides about a backfill', () => {
  const { features } = targetsOf({ ...defaultSettings, matomo_url: 'http://a' }).list
    .targets[0] as Target;
  const decides = new Set(Object.keys(decidingSettings(defaultSettings, 'digest', features)));
  const names = Object.keys(settingList) as SettingName[];
  const free = names.filter((name) => !decides.has(name));

  it.each(free.filter((name) => otherValue(name) !== null))(
    'is not %s: it changes no hit',
    (name) => {
      const changed = new BackfillRehearsal(40, { [name]: otherValue(name) });
      expect(digest(changed.planned)).toBe(digest(planned));
    },
  );

  it('is no secret', () => {
    const secrets = names.filter((name) => isSecret(name) || name === 'targets');
    expect(secrets.filter((name) => decides.has(name))).toEqual([]);
    expect(secrets).toContain('matomo_token_auth');
  });

  it('is what makes order ids: no two windows or seeds share any', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      for (let day = 1; day <= 28; day++) {
        const first_day = `2026-02-${String(day).padStart(2, '0')}`;
        const window = { first_day, last_day: '2026-03-01', days: 30 - day };
        seen.add(backfillOrderPrefix({ a: 1, seed, window }));
      }
    }
    expect(seen.size).toBe(40 * 28);
    const orders = planned.flatMap((query) => /&ec_id=([^&]+)/.exec(query)?.[1] ?? []);
    expect(orders.length).toBeGreaterThan(20);
    expect(new Set(orders).size).toBe(orders.length);
  });
});
