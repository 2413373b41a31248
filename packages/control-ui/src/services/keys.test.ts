import { expect, it } from 'vitest';
import { systemClock } from '../adapters/system-clock.ts';
import { ConfigError } from '../config.ts';
import { dataFolder } from '../testing/data-folder.ts';
import { roomsIn } from '../testing/open-rooms.ts';
import { promised } from '../testing/promised.ts';
import { Gate } from './gate.ts';
import { keysAtStart, newKey, weaknessOf } from './keys.ts';

const strong = 'nB7xQ2mK9vR4tY8wZ3cD';

it('makes keys of 43 characters after the mark, never one twice', () => {
  const keys = Array.from({ length: 100 }, newKey);
  for (const key of keys) {
    expect(key).toMatch(/^trf_[\w-]{43}$/);
    expect(weaknessOf(key)).toBeNull();
  }
  expect(new Set(keys).size).toBe(100);
});

it.each([
  ['change-me-in-production', 'printed in manuals'],
  ['Your-Secret-API-Key-Change-This', 'printed in manuals'],
  ['short', 'fewer than 16'],
  ['aaaaaaaaaaaaaaaaaaaa', 'same few'],
  ['abcabcabcabcabcabcabc', 'same few'],
  ['my-secret-admin-password-123', 'guessed first'],
  ['trafficinator-api-key', 'guessed first'],
  ['schlüssel-für-mich-allein', 'ASCII'],
  ['with spaces in between it', 'ASCII'],
])('refuses %j', (key, why) => {
  expect(weaknessOf(key)).toContain(why);
});

it.each([strong, 'correct-horse-battery-staple', '0f8e1d2c3b4a59687766554433221100'])(
  'takes %j',
  (key) => {
    expect(weaknessOf(key)).toBeNull();
  },
);

it('makes a first key where there is none, once, and lets its owner in', async () => {
  const access = promised(roomsIn(dataFolder()).access);
  const made = await keysAtStart(access, null);
  if (made.kind !== 'made') throw new Error(made.kind);
  const visitor = await new Gate(access, systemClock).byKey(made.key);
  expect(visitor).toMatchObject({ name: 'first', role: 'operator' });
  expect(await keysAtStart(access, null)).toEqual({ kind: 'kept' });
});

it('takes the key of the environment, follows its changes, and revokes it when it is gone', async () => {
  const access = promised(roomsIn(dataFolder()).access);
  const gate = new Gate(access, systemClock);
  const active = async () =>
    (await access.keys()).filter((key) => key.revoked_at === null).map(({ name }) => name);
  expect(await keysAtStart(access, strong)).toEqual({ kind: 'given' });
  expect(await keysAtStart(access, strong)).toEqual({ kind: 'given' });
  expect(await gate.byKey(strong)).toMatchObject({ name: 'environment', role: 'operator' });
  await keysAtStart(access, `${strong}-2`);
  expect(await gate.byKey(strong)).toBeNull();
  await keysAtStart(access, strong);
  expect(await gate.byKey(strong)).toMatchObject({ name: 'environment' });
  expect(await active()).toEqual(['environment']);
  expect((await keysAtStart(access, null)).kind).toBe('made');
  expect(await active()).toEqual(['first']);
});

it('refuses a weak key of the environment, and does not repeat it', async () => {
  const access = promised(roomsIn(dataFolder()).access);
  const refused = keysAtStart(access, 'change-me-in-production');
  await expect(refused).rejects.toBeInstanceOf(ConfigError);
  await expect(refused).rejects.toThrow('CONTROL_UI_API_KEY is printed in manuals');
  await expect(refused).rejects.not.toThrow('change-me');
  expect(await access.keys()).toEqual([]);
});
