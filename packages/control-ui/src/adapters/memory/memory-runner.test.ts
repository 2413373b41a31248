import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { InstanceSpec } from '../../ports/runner.ts';
import { JumpClock } from '../../testing/jump-clock.ts';
import { spec } from '../../testing/runner-ground.ts';
import { describeRunner } from '../runner-conformance.ts';
import { MemoryEngine, type MemoryProgram, steady } from './memory-engine.ts';
import { MemoryRunner } from './memory-runner.ts';

/** What the odd loader does. */
function oddScript({ command: [behaviour, number] }: InstanceSpec): MemoryProgram {
  const count = Array.from({ length: Number(number) }, (_, i) => `line ${i + 1}`);
  return {
    lines:
      behaviour === 'long'
        ? ['x'.repeat(20_000)]
        : behaviour === 'count'
          ? ['ready', ...count]
          : ['ready'],
    ends_with: behaviour === 'exit' ? Number(number) : null,
    on_stop: behaviour === 'stubborn' ? null : 0,
  };
}

describeRunner('memory', async () => {
  const clock = new JumpClock();
  const engine = new MemoryEngine(clock, oddScript);
  const server = createServer((_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    clock,
    runner: (control_id) =>
      new MemoryRunner({ engine, control_id, statusUrl: () => `http://127.0.0.1:${port}` }),
    engine: {
      lose: async () => engine.lose(),
      restore: async () => engine.restore(),
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
});

it('does what it is told from outside', async () => {
  const clock = new JumpClock();
  const engine = new MemoryEngine(clock, () => ({ ...steady, on_stop: null }));
  const runner = new MemoryRunner({ engine, control_id: 'a', statusUrl: () => 'http://nowhere' });
  await runner.create(spec('one'));
  await runner.start('one');
  engine.print('a', 'one', 'stdout', 'hello');
  expect(await runner.logs('one', { lines: 9, since: null })).toEqual([
    { at: '2026-05-01T12:00:00.000Z', stream: 'stdout', text: 'hello' },
  ]);
  const stopped = await runner.stop('one', 30);
  expect(stopped).toMatchObject({ exit_code: 137, finished_at: '2026-05-01T12:00:30.000Z' });
  await runner.start('one');
  engine.exit('a', 'one', 101);
  expect(await runner.find('one')).toMatchObject({ state: 'exited', exit_code: 101 });
});
