import { expect, it } from 'vitest';
import { readEngineAddress } from './options.ts';

it('reads where an engine listens', () => {
  expect(readEngineAddress('unix:///var/run/docker.sock')).toEqual({
    socketPath: '/var/run/docker.sock',
  });
  expect(readEngineAddress('tcp://socket-proxy:2375')).toEqual({
    host: 'socket-proxy',
    port: 2375,
  });
  expect(readEngineAddress('tcp://socket-proxy')).toEqual({ host: 'socket-proxy', port: 2375 });
  expect(readEngineAddress('tcp://[::1]:80')).toEqual({ host: '::1', port: 80 });
  expect(readEngineAddress('http://127.0.0.1:8080/')).toEqual({ host: '127.0.0.1', port: 8080 });
});

it('reads no address of a kind that it cannot use', () => {
  for (const text of [
    '',
    'ssh://a',
    'https://a:2376',
    'tcp://',
    'tcp://a/b',
    '/var/run',
    'npipe://',
  ]) {
    expect(readEngineAddress(text)).toBeNull();
  }
});
