import { expect, it } from 'vitest';
import { openRooms } from '../src/adapters/sqlite/database.ts';
import { Client, type Reply } from './client.ts';
import { ServiceProcess } from './service-process.ts';

/** WRONG_KEYS=100000 is the full form. */
const attempts = Number(process.env.WRONG_KEYS ?? 3_000);
/** Of each address: more than its rate limit lets through would try no key. */
const perAddress = 500;

const guess = (n: number): string => `trf_${String(n).padStart(43, '0')}`;

/** What the audit trail says of keys, the oldest first. */
function noted(folder: string) {
  const options = { data_dir: `${folder}/control`, secret_key: null, as: 'beside' } as const;
  const rooms = openRooms(options, () => new Date().toISOString());
  try {
    const { items } = rooms.audit.list({ limit: 200, cursor: null });
    return items.filter(({ action }) => action === 'auth.key').toReversed();
  } finally {
    rooms.upkeep.close();
  }
}

async function waited(refused: Reply): Promise<void> {
  const seconds = Number(refused.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

it(
  `holds out against ${attempts} wrong keys`,
  async () => {
    const service = new ServiceProcess();
    await service.start();
    const owner = new Client(service.url, { headers: { 'x-api-key': service.key } });
    const session = await owner.ask('POST', '/api/session', { key: service.key });
    const cookie = session.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';

    let tried = 0;
    let looked = 0;
    let waiting = 0;
    for (let block = 0; block * perAddress < attempts; block++) {
      const from = `127.1.${block >> 8}.${block & 255}`;
      const guesser = new Client(service.url, { from });
      const mine = Array.from({ length: perAddress }, () => guess(tried++));
      const answers = await Promise.all(
        mine.map((key) => guesser.ask('GET', '/api/status', undefined, { 'x-api-key': key })),
      );
      const wrong = answers.filter(({ status }) => status === 401);
      const late = answers.filter(({ status }) => status === 429);
      expect(wrong.length + late.length).toBe(perAddress);
      for (const { headers } of late) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      looked += wrong.length;
      waiting += late.length;
      // Who came in by a session or from elsewhere does not feel it.
      const others = await Promise.all([
        owner.ask('GET', '/api/status'),
        guesser.ask('GET', '/api/status', undefined, { cookie }),
      ]);
      expect(others.map(({ status }) => status)).toEqual([200, 200]);
    }
    expect(waiting).toBeGreaterThan(looked * 5);

    const entries = noted(service.folder);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.length).toBeLessThan(attempts / 50);
    expect(entries[0]).toMatchObject({
      actor: '-',
      address: '127.1.0.0',
      outcome: 'refused',
      detail: { failures: 1 },
    });
    expect(JSON.stringify(entries)).not.toContain('trf_');
    expect(service.log).not.toContain(guess(0));
  },
  60_000 + attempts * 20,
);

it('looks at no key of an address that has to wait, and at the right one after the wait', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url, { from: '127.2.0.1' });
  const ask = (key: string) => client.ask('GET', '/api/status', undefined, { 'x-api-key': key });
  // A hundred at once, the right one last: only as many are judged as one by one.
  const burst = await Promise.all(
    Array.from({ length: 100 }, (_, n) => ask(n === 99 ? service.key : guess(n))),
  );
  const counts = [401, 429, 200].map(
    (wanted) => burst.filter(({ status }) => status === wanted).length,
  );
  expect(counts[0]).toBeLessThanOrEqual(8);
  expect(counts[2]).toBe(0);
  const refused = burst.find(({ status }) => status === 429) as Reply;
  expect(refused.json).toMatchObject({ code: 'too_many_requests' });

  const early = await ask(service.key);
  expect(early.status).toBe(429);
  const entry = await client.ask('POST', '/api/session', { key: service.key });
  expect(entry.status).toBe(429);
  await waited(early);
  expect((await ask(service.key)).status).toBe(200);
  expect((await ask(guess(1))).status).toBe(401);
});

const forwarded = (address: string) => ({ 'x-forwarded-for': address });

it('believes nobody’s X-Forwarded-For without TRUST_PROXY', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url, { from: '127.3.0.1' });
  for (let n = 0; n < 6; n++) {
    const headers = { 'x-api-key': guess(n), ...forwarded(`203.0.113.${n}`) };
    expect((await client.ask('GET', '/api/status', undefined, headers)).status).toBe(401);
  }
  const next = await client.ask('GET', '/api/status', undefined, {
    'x-api-key': guess(7),
    ...forwarded('203.0.113.200'),
  });
  expect(next.status).toBe(429);
  expect(new Set(noted(service.folder).map(({ address }) => address))).toEqual(
    new Set(['127.3.0.1']),
  );
});

it('believes a trusted proxy, and of what it passes on only what it added itself', async () => {
  const service = new ServiceProcess();
  await service.start({ TRUST_PROXY: '127.4.0.0/16' });
  const proxy = new Client(service.url, { from: '127.4.0.1' });
  const ask = (chain: string, key: string) =>
    proxy.ask('GET', '/api/status', undefined, { 'x-api-key': key, ...forwarded(chain) });
  // The client invents the front of the chain; the proxy adds whom it sees.
  for (let n = 0; n < 6; n++) {
    expect((await ask(`198.51.100.${n}, 203.0.113.5`, guess(n))).status).toBe(401);
  }
  expect((await ask('198.51.100.99, 203.0.113.5', guess(7))).status).toBe(429);
  expect((await ask('203.0.113.6', service.key)).status).toBe(200);
  const direct = new Client(service.url, { from: '127.5.0.1' });
  const spoofed = await direct.ask('GET', '/api/status', undefined, {
    'x-api-key': guess(8),
    ...forwarded('203.0.113.5'),
  });
  expect(spoofed.status).toBe(401);
  // The database answers in turn: what was noted before is there now.
  expect(
    (await direct.ask('GET', '/api/status', undefined, { 'x-api-key': service.key })).status,
  ).toBe(200);
  expect(new Set(noted(service.folder).map(({ address }) => address))).toEqual(
    new Set(['203.0.113.5', '127.5.0.1']),
  );
});

it.each(['true', '*', '10.0.0.0/99', 'proxy.example.org'])(
  'refuses TRUST_PROXY=%s with a sentence',
  async (value) => {
    const service = new ServiceProcess();
    await expect(service.start({ TRUST_PROXY: value })).rejects.toThrow(
      /ended with 2: error: TRUST_PROXY/,
    );
  },
);
