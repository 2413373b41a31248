import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

/** A server that only counts who asks it, and answers with a redirect if it has somewhere to send to. */
async function counted(location: string | null = null) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (location === null) response.end('secret');
    else response.writeHead(302, { location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, asked: () => asked };
}

const hosts = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.0.0.1.',
  'localhost',
  'LOCALHOST',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '168.63.129.16',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[ff02::1]',
  '１２７.0.0.1',
];

it('refuses targets in its own network in whatever spelling, and sends nothing there', async () => {
  const inside = await counted();
  const service = new ServiceProcess();
  await service.start({ ALLOW_PRIVATE_TARGETS: 'false' });
  const { version } = await service.ask('GET', '/api/settings').then(({ json }) => json);
  for (const [n, host] of hosts.entries()) {
    // Each from elsewhere: what starts processes is asked for thirty times a minute at most.
    const client = new Client(service.url, {
      from: `127.7.0.${1 + (n >> 3)}`,
      headers: { 'x-api-key': service.key },
    });
    const url = `http://${host}:${inside.port}/matomo.php`;
    const config = { matomo_url: url, matomo_token_auth: DEMO_TOKEN };
    const answers = [
      await client.ask('POST', '/api/test-connection', { matomo_url: url }),
      await client.ask('POST', '/api/start', { config }),
    ];
    for (const { status, json } of answers) {
      expect([host, status, json.code], JSON.stringify(json)).toEqual([
        host,
        422,
        'address_refused',
      ]);
    }
  }
  const targets = JSON.stringify([
    { name: 'a', url: 'https://matomo.example.org', site_id: 1 },
    { name: 'b', url: inside.url, site_id: 1 },
  ]);
  const listed = await service.ask('POST', '/api/start', { config: { targets } });
  expect([listed.status, listed.json.code], listed.text).toEqual([422, 'address_refused']);
  const saved = await service.ask('GET', '/api/settings');
  expect([saved.json.values, saved.json.version >= version]).toEqual([{}, true]);
  expect(inside.asked()).toBe(0);
  expect((await service.ask('GET', '/api/status')).json.loaders).toEqual([]);
});

it('does not follow a redirect into its own network', async () => {
  const inside = await counted();
  const outside = await counted(`${inside.url}/latest/meta-data/`);
  const service = new ServiceProcess();
  await service.start();
  const matomo_url = `${outside.url}/matomo.php`;
  const tested = await service.ask('POST', '/api/test-connection', { matomo_url });
  expect([tested.status, tested.json.success]).toEqual([200, false]);
  expect(tested.text).not.toContain('secret');
  const config = { matomo_url, matomo_token_auth: DEMO_TOKEN };
  const started = await service.ask('POST', '/api/start', { config });
  expect(started.status).toBeGreaterThanOrEqual(400);
  expect(outside.asked()).toBeGreaterThan(0);
  expect(inside.asked()).toBe(0);
});

it('connects to nothing private when a name changes its address after it was judged', async () => {
  const matomo = await startFakeMatomo();
  onTestFinished(() => matomo.close());
  const service = new ServiceProcess();
  await service.start({
    ALLOW_PRIVATE_TARGETS: 'false',
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'other-names.ts')}`,
  });
  const { port } = new URL(matomo.tracker_url);
  const config = {
    matomo_url: `http://localhost:${port}/matomo.php`,
    matomo_token_auth: DEMO_TOKEN,
  };
  const tested = await service.ask('POST', '/api/test-connection', { config });
  expect([tested.status, tested.json.success], tested.text).toEqual([200, false]);
  expect(tested.json.errors.map(({ code }: { code: string }) => code)).toContain(
    'target_address_refused',
  );
  const started = await service.ask('POST', '/api/start', { config });
  expect(started.status, started.text).toBeGreaterThanOrEqual(400);
  expect(started.text).not.toContain('127.0.0.1');
  expect(matomo.stats()).toMatchObject({ hits_recorded: 0 });
});
