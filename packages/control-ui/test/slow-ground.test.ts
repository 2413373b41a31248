import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openRooms } from '../src/adapters/sqlite/database.ts';
import { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

it('lives, and says what is wrong, when the engine takes connections and never answers', async () => {
  const service = new ServiceProcess();
  const held: Socket[] = [];
  const engine = createServer((socket) => held.push(socket.on('error', () => {})));
  const path = join(service.folder, 'engine.sock');
  await new Promise<void>((resolve) => engine.listen(path, resolve));
  onTestFinished(() => {
    for (const socket of held) socket.destroy();
    engine.close();
  });
  await service.start({ RUNNER: 'docker', DOCKER_HOST: `unix://${path}` });
  const client = new Client(service.url, { headers: { 'x-api-key': service.key } });
  const ready = client.ask('GET', '/ready');
  // Answered while the other one still waits for its engine.
  const first = await Promise.race([
    ready.then(() => 'ready'),
    Promise.all(Array.from({ length: 50 }, () => client.ask('GET', '/health'))).then((answers) =>
      answers.every(({ status }) => status === 200) ? 'health' : 'not healthy',
    ),
  ]);
  expect(first).toBe('health');
  const answer = await ready;
  expect([answer.status, answer.json.status]).toEqual([503, 'degraded']);
  expect(answer.json).toMatchObject({
    engine: { ok: false },
    database: { ok: true },
    disk: { ok: true },
  });
  const status = await client.ask('GET', '/api/status');
  expect([status.status, status.json.state, status.json.runner.ok]).toEqual([
    200,
    'unknown',
    false,
  ]);
  const config = { matomo_url: 'https://matomo.example.org', matomo_token_auth: 'a'.repeat(32) };
  const saved = await client.ask('POST', '/api/config/apply', { config });
  expect(saved.status).toBe(200);
  expect(await service.end('SIGTERM')).toBe(0);
});

it('lives, and says what is wrong, when the database does not answer', async () => {
  const service = new ServiceProcess();
  await service.start();
  const client = new Client(service.url, { headers: { 'x-api-key': service.key } });
  expect((await client.ask('GET', '/api/status')).status).toBe(200);
  const data_dir = join(service.folder, 'control');
  const rooms = openRooms({ data_dir, secret_key: null, as: 'beside' }, () =>
    new Date().toISOString(),
  );
  rooms.upkeep.close();
  // A disk that hangs holds up whoever writes; another writer that does not let go is the same to the service.
  const { default: Database } = await import('better-sqlite3');
  const holder = new Database(join(data_dir, 'control.sqlite'));
  onTestFinished(() => {
    holder.close();
  });
  holder.exec('BEGIN IMMEDIATE');
  const ready = client.ask('GET', '/ready');
  const health = await Promise.race([
    ready.then(() => null),
    client.ask('GET', '/health').then(({ status }) => status),
  ]);
  expect(health).toBe(200);
  const answer = await ready;
  expect([answer.status, answer.json.database.ok]).toEqual([503, false]);
  holder.exec('ROLLBACK');
  await service.until('/ready', ({ database }) => database.ok);
  expect((await client.ask('GET', '/api/status')).status).toBe(200);
});

it('keeps no connection of a client that leaves', async () => {
  const service = new ServiceProcess();
  await service.start();
  const { hostname, port } = new URL(service.url);
  for (let n = 0; n < 300; n++) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('GET /api/live HTTP/1.1\r\nHost: x\r\n');
        socket.resetAndDestroy();
      });
      socket.once('close', () => resolve());
    });
  }
  expect((await new Client(service.url).ask('GET', '/health')).status).toBe(200);
  expect(await service.end('SIGTERM')).toBe(0);
});
