import { expect, it } from 'vitest';
import { spec } from '../../testing/runner-ground.ts';
import { systemClock } from '../system-clock.ts';
import { containerOf } from './container-spec.ts';
import type { DockerOptions } from './options.ts';

const options: DockerOptions = {
  clock: systemClock,
  engine: 'unix:///var/run/docker.sock',
  control_id: 'main',
  image: 'trafficinator-loader',
  data: 'loader-data',
  network: 'trafficinator',
  status: 'network',
  user: null,
  limits: { cpus: 1.5, memory_bytes: 512 * 1024 * 1024, pids: 100 },
};

it('makes a container that may do little', () => {
  const made = containerOf(options, spec('one', 'run', '--json'));
  expect(made.HostConfig).toMatchObject({
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    NanoCpus: 1_500_000_000,
    Memory: 536_870_912,
    MemorySwap: 536_870_912,
    PidsLimit: 100,
    RestartPolicy: { Name: 'no' },
    NetworkMode: 'trafficinator',
    Mounts: [{ Type: 'volume', Source: 'loader-data', Target: '/app/data' }],
  });
  expect(made.HostConfig).not.toHaveProperty('PortBindings');
  expect(made.HostConfig).not.toHaveProperty('Privileged');
  expect(made.Env).toEqual(['SETTINGS_FILE=/app/data/loaders/one/settings.json']);
  expect(made.Cmd).toEqual([
    'run',
    '--json',
    '--set',
    'STATUS_HOST=0.0.0.0',
    '--set',
    'STATUS_PORT=9464',
  ]);
  expect(made.name).toBe('trafficinator-main-one');
});

it('mounts a path of the machine, and publishes the status for this machine alone', () => {
  const outside = { ...options, data: '/srv/data', network: null, status: 'published' } as const;
  const { HostConfig } = containerOf({ ...outside, user: '1001:1001' }, spec('one'));
  expect(HostConfig).toMatchObject({
    Mounts: [{ Type: 'bind', Source: '/srv/data' }],
    PortBindings: { '9464/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
  });
  expect(HostConfig).not.toHaveProperty('NetworkMode');
});

it('has another fingerprint whenever it would be another container', () => {
  const print = (changed: Partial<DockerOptions>, made = spec('one')) =>
    containerOf({ ...options, ...changed }, made).Labels?.['trafficinator.spec'];
  const prints = [
    print({}),
    print({}, spec('one', 'run')),
    print({}, { ...spec('one'), role: 'backfill' }),
    print({ image: 'another' }),
    print({ data: 'another' }),
    print({ limits: { ...options.limits, pids: 50 } }),
  ];
  expect(new Set(prints).size).toBe(prints.length);
  expect(print({})).toBe(prints[0]);
});
