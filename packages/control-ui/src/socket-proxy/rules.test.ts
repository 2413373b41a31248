import { expect, it } from 'vitest';
import { containerOf } from '../adapters/docker/container-spec.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { creationSchema, judge } from './rules.ts';

const allowance = {
  control_id: 'default',
  image: 'trafficinator-loader',
  network: 'net',
  volume: 'vol',
};
const kind = (method: string, target: string) => judge(method, target, allowance).kind;
const own = encodeURIComponent(JSON.stringify({ label: ['trafficinator.control=default'] }));
const others = encodeURIComponent(JSON.stringify({ label: ['other=1'] }));

it('passes what the service needs for its own loaders', () => {
  expect(kind('GET', '/_ping')).toBe('pass');
  expect(kind('GET', `/v1.41/containers/json?all=true&filters=${own}`)).toBe('pass');
  expect(kind('GET', `/events?filters=${own}`)).toBe('pass');
  expect(kind('GET', '/images/trafficinator-loader/json')).toBe('pass');
  const tagged = { ...allowance, image: 'registry:5000/loader:1.2' };
  expect(judge('GET', '/images/registry:5000/loader:1.2/json', tagged).kind).toBe('pass');
  expect(kind('POST', '/containers/create?name=trafficinator-default-loader-2')).toBe('creation');
  for (const action of ['start', 'stop', 'kill', 'wait']) {
    expect(judge('POST', `/v1.43/containers/abc123/${action}?t=5`, allowance)).toEqual({
      kind: 'own_container',
      id: 'abc123',
    });
  }
  expect(kind('GET', '/containers/abc/logs?follow=1')).toBe('own_container');
  expect(kind('DELETE', '/containers/abc?force=true')).toBe('own_container');
});

it.each([
  ['GET', '/containers/json'],
  ['GET', `/containers/json?filters=${others}`],
  ['GET', `/containers/json?filters=${own}&filters=${others}`],
  ['GET', '/containers/json?filters=nonsense'],
  ['GET', '/events'],
  ['GET', '/info'],
  ['GET', '/images/json'],
  ['GET', '/images/another/json'],
  ['POST', '/containers/create'],
  ['POST', '/containers/create?name=x'],
  ['POST', '/containers/create?name=trafficinator-default-loader-1&platform=x'],
  ['POST', '/containers/abc/exec'],
  ['POST', '/containers/abc/update'],
  ['POST', '/containers/abc/attach'],
  ['PUT', '/containers/abc/archive'],
  ['GET', '/containers/abc/export'],
  ['POST', '/exec/abc/start'],
  ['POST', '/images/create?fromImage=x'],
  ['POST', '/build'],
  ['POST', '/volumes/create'],
  ['GET', '/secrets'],
  ['DELETE', '/containers/abc/json'],
  ['GET', '/containers/..%2f..%2finfo/json'],
  ['GET', '/containers/abc/../../info'],
  ['GET', '//evil/containers/abc/json'],
])('refuses %s %s', (method, target) => {
  expect(kind(method, target)).toBe('refuse');
});

const made = () =>
  JSON.parse(
    JSON.stringify(
      containerOf(
        {
          clock: systemClock,
          engine: '',
          control_id: 'default',
          image: allowance.image,
          data: allowance.volume,
          network: allowance.network,
          status: 'network',
          user: null,
          limits: { cpus: 1, memory_bytes: 512 * 1024 * 1024, pids: 100 },
        },
        { id: 'loader-1', role: 'loader', command: ['run', '--json'] },
      ),
    ),
  );
const taken = (body: unknown) => creationSchema(allowance).safeParse(body).success;

it('takes the container as the service makes it', () => {
  const { name, ...body } = made();
  expect(typeof name).toBe('string');
  expect(taken(body)).toBe(true);
});

it('takes no container that could open the machine', () => {
  const { name: _, ...good } = made();
  const host = (change: object) => ({ ...good, HostConfig: { ...good.HostConfig, ...change } });
  for (const bad of [
    host({ Privileged: true }),
    host({ Binds: ['/:/host'] }),
    host({ PidMode: 'host' }),
    host({ NetworkMode: 'host' }),
    host({ CapAdd: ['SYS_ADMIN'] }),
    host({ CapDrop: [] }),
    host({ ReadonlyRootfs: false }),
    host({ SecurityOpt: [] }),
    host({ Mounts: [{ Type: 'bind', Source: '/', Target: '/app/data' }] }),
    host({ Devices: [{ PathOnHost: '/dev/sda' }] }),
    host({ RestartPolicy: { Name: 'always' } }),
    { ...good, Image: 'another' },
    { ...good, User: 'root' },
    { ...good, Entrypoint: ['sh'] },
    { ...good, Env: ['LD_PRELOAD=/x'] },
    { ...good, Env: ['SETTINGS_FILE=/app/data/loaders/../../etc/settings.json'] },
    { ...good, Labels: { ...good.Labels, 'trafficinator.control': 'another' } },
  ]) {
    expect(taken(bad), JSON.stringify(bad).slice(0, 200)).toBe(false);
  }
});
