import { expect, it } from 'vitest';
import { StoreError } from '../../ports/store/kept.ts';
import { dataFolder, filesWith } from '../../testing/data-folder.ts';
import { roomsIn } from '../../testing/open-rooms.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const preset = (name: string) => ({
  name,
  description: '',
  settings: { concurrency: 7, matomo_url: 'https://m.test.lan/matomo.php' },
  with_secrets: false,
});
const funnel = (name: string, priority = 0, enabled = true) => ({
  name,
  enabled,
  priority,
  funnel: { name, steps: [{ type: 'pageview', url: '/' }], probability: 0.2 },
});

/** The code of the StoreError that an action throws. */
function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
  return 'none';
}

it('keeps rows with versions and times, and refuses an edit of an older version', () => {
  const { presets } = roomsIn(dataFolder());
  const made = presets.create(preset('a'));
  expect(made).toMatchObject({ id: 1, version: 1, name: 'a', settings: { concurrency: 7 } });
  expect(made.updated_at).toBe(made.created_at);
  const edited = presets.update(made.id, { ...preset('b'), description: 'B' }, 1);
  expect(edited).toMatchObject({ id: 1, version: 2, name: 'b', description: 'B' });
  expect(edited.created_at).toBe(made.created_at);
  expect(edited.updated_at > made.updated_at).toBe(true);
  expect(codeOf(() => presets.update(made.id, preset('c'), 1))).toBe('edited_meanwhile');
  expect(codeOf(() => presets.remove(made.id, 1))).toBe('edited_meanwhile');
  expect(presets.byName('b')).toEqual(edited);
  expect(presets.update(made.id, preset('c'), null).version).toBe(3);
  presets.remove(made.id, 3);
  expect(presets.get(made.id)).toBeNull();
  expect(codeOf(() => presets.remove(made.id, null))).toBe('not_found');
  expect(codeOf(() => presets.update(9, preset('x'), null))).toBe('not_found');
  expect(presets.create(preset('a')).id).toBe(2);
});

it('refuses a name that is taken and changes nothing', () => {
  const { presets, funnels } = roomsIn(dataFolder());
  presets.create(preset('a'));
  const b = presets.create(preset('b'));
  expect(codeOf(() => presets.create(preset('a')))).toBe('name_taken');
  expect(codeOf(() => presets.update(b.id, preset('a'), null))).toBe('name_taken');
  expect(presets.get(b.id)).toEqual(b);
  funnels.create(funnel('a'));
  expect(codeOf(() => funnels.create(funnel('a')))).toBe('name_taken');
});

it('gives pages, newest first, each row once', () => {
  const { presets } = roomsIn(dataFolder());
  for (let n = 1; n <= 7; n++) presets.create(preset(`p${n}`));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = presets.list({ limit: 3, cursor });
    expect(page.total).toBe(7);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toEqual(['p7', 'p6', 'p5', 'p4', 'p3', 'p2', 'p1']);
  expect(presets.list({ limit: 3, cursor: 'nonsense' }).items).toEqual([]);
});

it('takes the times of rows that are older than the database', () => {
  const { presets } = roomsIn(dataFolder());
  const times = { created_at: '2024-01-01T00:00:00.000Z', updated_at: '2024-02-01T00:00:00.000Z' };
  expect(presets.create(preset('old'), times)).toMatchObject(times);
});

it('orders funnels by priority; what the funnel says cannot differ from its row', () => {
  const { funnels } = roomsIn(dataFolder());
  funnels.create(funnel('late', 5));
  const first = funnels.create(funnel('first', 1, false));
  funnels.create(funnel('next', 1));
  expect(funnels.all().map(({ name }) => name)).toEqual(['first', 'next', 'late']);
  expect(first.funnel).toMatchObject({ name: 'first', priority: 1, enabled: false });
  const moved = funnels.update(first.id, { ...funnel('first', 9), enabled: true }, null);
  expect(moved).toMatchObject({ priority: 9, enabled: true });
  expect(moved.funnel).toMatchObject({ name: 'first', priority: 9, enabled: true });
});

it('keeps no secret in a preset unless asked to, and then only sealed', () => {
  const folder = dataFolder();
  const { presets } = roomsIn(folder);
  const secret = { ...preset('a').settings, matomo_token_auth: token };
  const without = presets.create({ ...preset('a'), settings: secret });
  expect(without.settings).toEqual(preset('a').settings);
  const kept = presets.create({ ...preset('b'), settings: secret, with_secrets: true });
  expect(kept.settings).toEqual(secret);
  expect(presets.get(kept.id)?.settings).toEqual(secret);
  expect(filesWith(folder, token)).toEqual([]);
  const forgot = presets.update(kept.id, { ...kept, with_secrets: false }, null);
  expect(forgot.settings).toEqual(preset('a').settings);
});

it('keeps settings with their tokens sealed', () => {
  const folder = dataFolder();
  const { settings } = roomsIn(folder);
  expect(settings.get()).toMatchObject({ values: {}, preset: null, version: 1 });
  const values = {
    matomo_url: 'https://m.test.lan/matomo.php',
    matomo_token_auth: token,
    targets: JSON.stringify([{ name: 'a', token_auth: token }]),
    concurrency: 5,
  };
  expect(settings.put(values, 'light', 1)).toMatchObject({ values, preset: 'light', version: 2 });
  expect(codeOf(() => settings.put({}, null, 1))).toBe('edited_meanwhile');
  expect(settings.get().values).toEqual(values);
  expect(filesWith(folder, token)).toEqual([]);
  settings.put({ concurrency: 5, matomo_token_auth: null }, null, null);
  expect(settings.get().values).toEqual({ concurrency: 5 });
});

it('keeps documents; versions go on after one was cleared', () => {
  const { documents } = roomsIn(dataFolder());
  expect(documents.get('urls')).toBeNull();
  documents.clear('urls', null);
  expect(documents.put('urls', 'https://a.test.lan/', null)).toMatchObject({ version: 1 });
  expect(documents.put('urls', 'https://b.test.lan/', 1)).toMatchObject({ version: 2 });
  expect(codeOf(() => documents.put('urls', '', 1))).toBe('edited_meanwhile');
  expect(codeOf(() => documents.clear('urls', 1))).toBe('edited_meanwhile');
  documents.clear('urls', 2);
  expect(documents.get('urls')).toBeNull();
  expect(documents.put('urls', 'https://c.test.lan/', null).version).toBe(4);
});
