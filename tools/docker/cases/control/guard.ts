import type { Life } from './living.ts';

/** Asks the socket proxy, as whoever took the service over could, and prints the statuses. */
const program = `const statuses = [];
for (const [method, path, body] of JSON.parse(process.argv[1])) {
  const answer = await fetch('http://socket-proxy:2375' + path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(5000),
  });
  await answer.body?.cancel();
  statuses.push(answer.status);
}
console.log(JSON.stringify(statuses));`;

/** What the socket proxy stops before the engine, and that the service itself never met it. */
export async function engineIsGuarded({ checks, stack }: Life): Promise<void> {
  const { stdout: log } = await stack.docker(['logs'], 'socket-proxy');
  const refused = log.split('\n').filter((line) => line.startsWith('refused:'));
  checks.equal('the socket proxy passed all that the service asked', refused, []);

  const stranger = await stack.id('stand-in');
  const loader = await stack.id('loader');
  const image = (await stack.inspect('loader')).Config.Image;
  const create = `/containers/create?name=trafficinator-${stack.shell.CONTROL_ID}-x`;
  const requests: readonly (readonly [string, string, object?])[] = [
    ['POST', create, { Image: image, HostConfig: { Privileged: true } }],
    ['POST', create, { Image: image, HostConfig: { Binds: ['/:/host'] } }],
    ['POST', create, { Image: 'node:24-bookworm-slim' }],
    ['POST', `/containers/${loader}/exec`, { Cmd: ['id'] }],
    ['POST', `/containers/${loader}/update`, { Memory: 0 }],
    ['GET', `/containers/${loader}/archive?path=/`],
    ['GET', `/containers/${stranger}/json`],
    ['GET', `/containers/${stranger}/logs?stdout=1`],
    ['POST', `/containers/${stranger}/stop`],
    ['DELETE', `/containers/${stranger}?force=1`],
    ['GET', '/containers/json?all=1'],
    ['GET', '/info'],
    ['POST', '/volumes/create', {}],
    ['GET', '/images/json'],
  ];
  const passed = ['GET', `/containers/${loader}/json`];
  const statuses = JSON.parse(
    await stack.evaluate('control', program, JSON.stringify([...requests, passed])),
  ) as number[];
  checks.equal('a question that it passes is answered', statuses.pop(), 200);
  for (const [at, [method, path, body]] of requests.entries()) {
    checks.equal(`it refuses ${method} ${shortened(path)}${shown(body)}`, statuses[at], 403);
  }
  const { State } = await stack.inspect('stand-in');
  checks.equal('a container that is not the service’s runs on', State.Status, 'running');
}

const shortened = (path: string): string => path.replace(/[0-9a-f]{64}/, '<id>');
const shown = (body: object | undefined): string =>
  body === undefined ? '' : ` ${JSON.stringify(body)}`;
