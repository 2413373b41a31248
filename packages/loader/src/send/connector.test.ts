import type { LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressRefused, connectorFor, publicLookup } from './connector.ts';

let server: Server;
let connections: number;
beforeEach(async () => {
  connections = 0;
  server = createServer((socket) => {
    connections++;
    socket.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

const usual = { timeout_ms: 2_000, tls_insecure: false, ca: null };
const loopback: LookupAddress = { address: '127.0.0.1', family: 4 };

/** Connects to a host, whose name leads to `found`; resolves to how that went. */
function connecting(
  hostname: string,
  allow_private: boolean,
  found: readonly LookupAddress[] = [loopback],
  protocol = 'http:',
): Promise<NodeJS.ErrnoException | 'connected'> {
  const connect = connectorFor({ ...usual, allow_private }, (_host, _options, callback) =>
    callback(null, [...found]),
  );
  const port = String((server.address() as AddressInfo).port);
  return new Promise((resolve) => {
    connect({ hostname, host: `${hostname}:${port}`, protocol, port }, (error, socket) => {
      socket?.destroy();
      resolve(error ?? 'connected');
    });
  });
}

describe('ALLOW_PRIVATE_TARGETS=false', () => {
  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254', '[fd00:ec2::254]'])(
    'refuses %s before it connects',
    async (hostname) => {
      for (const protocol of ['http:', 'https:']) {
        expect(await connecting(hostname, false, [], protocol)).toMatchObject({
          code: addressRefused,
        });
      }
      expect(connections).toBe(0);
    },
  );

  it('refuses a name that leads to such an address, at the very connection', async () => {
    for (const protocol of ['http:', 'https:']) {
      const refused = await connecting('rebound.example', false, [loopback], protocol);
      expect(refused).toMatchObject({ code: addressRefused });
      expect((refused as Error).message).toContain('rebound.example');
      expect((refused as Error).message).not.toContain('127.0.0.1');
    }
    expect(connections).toBe(0);
  });

  it('never tries the private ones of several addresses', async () => {
    const found = [loopback, { address: '8.8.8.8', family: 4 }, { address: '::1', family: 6 }];
    const lookup = publicLookup((_host, _options, callback) => callback(null, found));
    const all = await new Promise((resolve) =>
      lookup('mixed.example', { all: true }, (_error, addresses) => resolve(addresses)),
    );
    expect(all).toEqual([{ address: '8.8.8.8', family: 4 }]);
    const one = await new Promise((resolve) =>
      lookup('mixed.example', {}, (_error, address, family) => resolve([address, family])),
    );
    expect(one).toEqual(['8.8.8.8', 4]);
  });

  it('gives the resolver’s own error', async () => {
    const gone = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const lookup = publicLookup((_host, _options, callback) => callback(gone, []));
    const error = await new Promise((resolve) => lookup('gone.example', {}, resolve));
    expect(error).toBe(gone);
  });
});

it('connects anywhere when that is allowed', async () => {
  expect(await connecting('127.0.0.1', true)).toBe('connected');
  expect(await connecting('localhost', true)).toBe('connected');
});
