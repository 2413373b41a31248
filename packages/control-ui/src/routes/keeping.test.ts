import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const any = { 'if-match': '*' };

it('remembers for each key what its page wants', async () => {
  const { ask } = await testApp();
  const values = { theme: 'dark', columns: [1, 2] };
  expect((await ask('GET', '/api/preferences')).json()).toEqual({ values: {}, version: 0 });
  expect((await ask('PUT', '/api/preferences', { body: { values } })).statusCode).toBe(428);
  const put = await ask('PUT', '/api/preferences', {
    body: { values },
    headers: { 'if-match': '"0"' },
    as: 'viewer',
  });
  expect(put.headers.etag).toBe('"1"');
  expect((await ask('GET', '/api/preferences', { as: 'viewer' })).json()).toEqual({
    values,
    version: 1,
  });
  expect((await ask('GET', '/api/preferences')).json().values).toEqual({});
  const stale = { body: { values: {} }, headers: { 'if-match': '"0"' }, as: 'viewer' } as const;
  expect((await ask('PUT', '/api/preferences', stale)).statusCode).toBe(412);
});

it('takes 64 KiB of preferences, and not more', async () => {
  const { ask } = await testApp();
  const of = (characters: number) => ({ values: { text: 'x'.repeat(characters) } });
  const put = (body: unknown) => ask('PUT', '/api/preferences', { body, headers: any });
  expect((await put(of(65_000))).statusCode).toBe(200);
  expect((await put(of(66_000))).statusCode).toBe(413);
  expect((await put(of(200_000))).statusCode).toBe(413);
});

it('tells who did what, the newest first, in pages', async () => {
  const { ask } = await testApp();
  for (const name of ['a', 'b', 'c']) {
    await ask('POST', '/api/presets', { body: { name, config: {} } });
  }
  await ask('DELETE', '/api/presets/2', { headers: any });
  const first = (await ask('GET', '/api/audit?limit=2')).json();
  expect(first).toMatchObject({
    total: 4,
    items: [
      { action: 'preset.remove', subject: '2', actor: 'operator', detail: { name: 'b' } },
      { action: 'preset.create', subject: '3' },
    ],
  });
  const second = (await ask('GET', `/api/audit?limit=2&cursor=${first.next}`)).json();
  expect(second).toMatchObject({ next: null, items: [{ subject: '2' }, { subject: '1' }] });
});
