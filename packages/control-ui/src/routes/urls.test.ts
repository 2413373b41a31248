import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';

const any = { 'if-match': '*' };
const first = { 'if-match': '"0"' };

it('shows the built-in list until there is another, and goes back to it', async () => {
  const { ask } = await testApp();
  const built = await ask('GET', '/api/urls');
  expect(built.headers.etag).toBe('"0"');
  expect(built.json()).toMatchObject({
    source: 'default',
    url_count: 3,
    structure: { domains: 1, categories: 2, subcategories: 2 },
  });
  const body = { content: '# mine\nhttps://a.test/x/y\tY\n' };
  expect((await ask('PUT', '/api/urls', { body })).statusCode).toBe(428);
  const put = await ask('PUT', '/api/urls', { body, headers: first });
  expect(put.json()).toMatchObject({ source: 'custom', version: 1, url_count: 1, line_count: 2 });
  expect((await ask('PUT', '/api/urls', { body, headers: first })).statusCode).toBe(412);
  expect((await ask('DELETE', '/api/urls', { headers: first })).statusCode).toBe(412);
  expect((await ask('DELETE', '/api/urls', { headers: any })).statusCode).toBe(204);
  expect((await ask('GET', '/api/urls')).json()).toMatchObject({ source: 'default', version: 0 });
  const again = await ask('PUT', '/api/urls', { body, headers: first });
  expect(again.statusCode).toBe(200);
});

it('refuses a list with a wrong line whole, and names its lines', async () => {
  const { ask, store } = await testApp();
  const wrong = Array.from({ length: 150 }, (_, n) => `ftp://a.test/${n}`).join('\n');
  const body = { content: `https://a.test/ok\n${wrong}` };
  const answer = await ask('POST', '/api/urls', { body });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().detail).toMatch(/150 lines .* first 100/);
  expect(answer.json().errors).toHaveLength(100);
  expect(answer.json().errors[0]).toMatchObject({ pointer: '/content', field: 'line 2' });
  expect(await store.documents.get('urls')).toBeNull();
  const verdict = await ask('POST', '/api/urls/validate', { body, as: 'viewer' });
  expect(verdict.json()).toMatchObject({ valid: false, errors: 150, url_count: 1 });
  expect(verdict.json().problems).toHaveLength(100);
  const empty = await ask('POST', '/api/urls', { body: { content: '# nothing\n' } });
  expect(empty.statusCode).toBe(422);
});

it('answers in less than 64 KiB however large the list is', async () => {
  const { ask } = await testApp();
  const long = 'ä'.repeat(60);
  const lines = Array.from(
    { length: 22_000 },
    (_, n) => `https://a${n % 90}.test/${long}${n % 300}/${n % 7}/${n}?utm_campaign${long}=x`,
  );
  const answer = await ask('POST', '/api/urls', { body: { content: lines.join('\n') } });
  expect(answer.json()).toMatchObject({ url_count: 22_000, warnings: 22_000 });
  const { structure } = answer.json();
  expect(structure).toMatchObject({ categories: 300, largest: { length: 50 } });
  const shown = structure.largest.reduce(
    (sum: number, { urls }: { urls: number }) => sum + urls,
    0,
  );
  expect(shown + structure.rest.urls).toBe(22_000);
  for (const path of ['/api/urls', '/api/urls/lines?limit=100']) {
    expect(Buffer.byteLength((await ask('GET', path)).body)).toBeLessThan(64 * 1024 * 4);
  }
  expect(Buffer.byteLength((await ask('GET', '/api/urls')).body)).toBeLessThan(64 * 1024);
});

it('gives lines and the whole text', async () => {
  const { ask } = await testApp();
  const content = Array.from({ length: 30 }, (_, n) => `https://a.test/${n}\tPage ${n}`).join(
    '\r\n',
  );
  await ask('POST', '/api/urls', { body: { content } });
  expect((await ask('GET', '/api/urls/lines?from=29&limit=500')).json()).toEqual({
    from: 29,
    total: 30,
    lines: [
      { line: 29, text: 'https://a.test/28\tPage 28', cut: false },
      { line: 30, text: 'https://a.test/29\tPage 29', cut: false },
    ],
  });
  expect((await ask('GET', '/api/urls/lines?from=31')).json().lines).toEqual([]);
  expect((await ask('GET', '/api/urls/lines?limit=501')).statusCode).toBe(422);
  const file = await ask('GET', '/api/urls/content');
  expect(file.headers.etag).toBe('"1"');
  expect(file.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(file.body).toBe(content);
});

it('downloads a text in pieces without breaking a character', async () => {
  const { ask } = await testApp();
  const content = `#${'🦊'.repeat(70_000)}\nhttps://a.test/x\tFox\n`;
  await ask('POST', '/api/urls', { body: { content } });
  expect((await ask('GET', '/api/urls/content')).body === content).toBe(true);
});

it('takes 8 MiB, and not more', async () => {
  const { ask } = await testApp();
  const comment = `# ${'x'.repeat(8 * 1024 * 1024 - 20)}\n`;
  const fits = await ask('POST', '/api/urls', { body: { content: `${comment}https://a.test/` } });
  expect(fits.statusCode).toBe(200);
  const over = await ask('POST', '/api/urls', { body: { content: `${comment}${comment}` } });
  expect(over.statusCode).toBe(413);
});
