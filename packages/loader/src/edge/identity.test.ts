import { defaultSettings, type SettingName, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import {
  materialDigest,
  newRunId,
  newSeed,
  orderPrefixOf,
  placeOf,
  settingsDigest,
  stateFile,
} from './identity.ts';

const url = 'https://matomo.example/matomo.php';
const settings: Settings = { ...defaultSettings, matomo_url: url, state_dir: '/state' };

/** Settings of the process and not of its visits. */
const ofProcess: readonly SettingName[] = [
  'log_level',
  'status_host',
  'status_port',
  'state_dir',
  'matomo_token_auth',
];

describe('the digest of the settings', () => {
  it.each(ofProcess)('does not care for %s', (name) => {
    const changed = { ...settings, [name]: name === 'status_port' ? 1 : 'ERROR' } as Settings;
    expect(settingsDigest(changed)).toBe(settingsDigest(settings));
  });

  it('differs with every other setting', () => {
    const digests = new Map([[settingsDigest(settings), 'none']]);
    for (const name of Object.keys(settings) as SettingName[]) {
      if (ofProcess.includes(name)) continue;
      const value = settings[name];
      const other = typeof value === 'number' ? value + 1 : `${value}x`;
      const digest = settingsDigest({ ...settings, [name]: other } as Settings);
      expect(digests.get(digest), name).toBeUndefined();
      digests.set(digest, name);
    }
    expect(settingsDigest({ ...settings })).toBe(settingsDigest(settings));
  });

  it('sees what a list of targets says, but not its tokens, blanks and order of keys', () => {
    const of = (targets: unknown, indent = 0) =>
      settingsDigest({
        ...settings,
        matomo_url: null,
        targets: JSON.stringify(targets, null, indent),
      });
    const a = { name: 'a', url, site_id: 1, token_auth: 'x' };
    const b = { name: 'b', url, site_id: 2 };
    const same = [
      [a, b],
      [{ ...a, token_auth: 'y' }, b],
      [a, { url, site_id: 2, name: 'b' }],
    ];
    expect(new Set(same.flatMap((list) => [of(list), of(list, 2)])).size).toBe(1);
    const others = [
      [a],
      [a, { ...b, weight: 2 }],
      [a, { ...b, max_visits: 5 }],
      [a, { ...b, features: { ecommerce: false } }],
      { strategy: 'mirror', targets: [a, b] },
    ];
    expect(new Set([of([a, b]), ...others.map((list) => of(list))]).size).toBe(others.length + 1);
  });

  it('holds nothing of the token', () => {
    const secret = { ...settings, matomo_token_auth: 'f'.repeat(32) };
    expect(settingsDigest(secret)).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the state file', () => {
  const of = (changes: Partial<Settings>, environment = {}) => {
    const { matomo_url, matomo_site_id: site_id, state_dir } = { ...settings, ...changes };
    const place = placeOf([{ url: matomo_url ?? '', site_id }]);
    return stateFile('live', 'sqlite', place, state_dir, environment);
  };

  it('is another one for another target and for nothing else', () => {
    expect(of({})).toMatch(/^\/state\/live-[0-9a-f]{12}\.sqlite$/);
    expect(of({ max_visits: 5, matomo_token_auth: 'x' })).toBe(of({}));
    const others = [{ matomo_site_id: 2 }, { matomo_url: 'https://other.example/matomo.php' }];
    expect(new Set([of({}), ...others.map((change) => of(change))]).size).toBe(3);
  });

  it('lies in the user’s state directory when none is named', () => {
    const unnamed = { state_dir: null };
    expect(of(unnamed, { XDG_STATE_HOME: '/xdg' })).toMatch(/^\/xdg\/trafficinator\/live-/);
    expect(of(unnamed, { XDG_STATE_HOME: '' })).toMatch(/\/\.local\/state\/trafficinator\/live-/);
    expect(of({}, { XDG_STATE_HOME: '/xdg' })).toMatch(/^\/state\//);
  });
});

describe('a new run', () => {
  it('has an id that tells when it began and that no other has', () => {
    const now = Date.UTC(2026, 5, 10);
    const ids = Array.from({ length: 50 }, () => newRunId(now));
    for (const id of ids) expect(id).toMatch(/^live-[0-9a-z]{12}$/);
    expect(Number.parseInt(ids[0]?.slice(5, -4) ?? '', 36)).toBe(now);
    expect(new Set([...ids, newRunId(now + 1)]).size).toBeGreaterThan(45);
  });

  it('puts its id before its order numbers', () => {
    expect(orderPrefixOf('live-mbqhc1s0ab12')).toBe('MBQHC1S0AB12-');
  });

  it('draws a seed that may be given as a setting as well', () => {
    for (let n = 0; n < 100; n++) {
      const seed = newSeed();
      expect(Number.isInteger(seed) && seed >= 0 && seed <= 2_147_483_647).toBe(true);
    }
  });
});

describe('the digest of what visits are made of', () => {
  it('differs with the weights of the pages', () => {
    const material = builtinMaterial();
    const weighted = (weight: number) =>
      materialDigest({ ...material, page_weights: material.pages.map(() => weight) });
    expect(weighted(1)).not.toBe(materialDigest(material));
    expect(weighted(2)).not.toBe(weighted(1));
    expect(weighted(2)).toBe(weighted(2));
  });
});
