import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { JumpClock } from '../../testing/jump-clock.ts';
import { systemClock } from '../system-clock.ts';
import { Engine } from './engine.ts';

let close = async (): Promise<void> => {};
afterEach(() => close());

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ping = (engine: Engine) => engine.call(() => engine.docker.ping());

it('tells an engine that refuses from one that is not there', async () => {
  let status = 500;
  const address = await listening((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"message":"no disk"}');
  });
  const engine = new Engine(address, systemClock);
  await expect(ping(engine)).rejects.toMatchObject({ status: 500, message: 'no disk' });
  for (status of [502, 503, 504]) {
    await expect(ping(engine)).rejects.toMatchObject({ code: 'engine_unreachable' });
  }
  await close();
  await expect(ping(engine)).rejects.toMatchObject({
    code: 'engine_unreachable',
    message: expect.stringMatching(/ECONN/),
  });
});

it('waits for no answer for ever', async () => {
  const engine = new Engine(await listening(() => {}), new JumpClock());
  await expect(ping(engine)).rejects.toMatchObject({
    code: 'engine_unreachable',
    message: expect.stringContaining('for 10 s'),
  });
});

it('refuses an address that it cannot use', () => {
  expect(() => new Engine('ssh://somewhere', systemClock)).toThrow(TypeError);
});
