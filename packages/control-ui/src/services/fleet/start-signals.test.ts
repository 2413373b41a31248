import { expect, it } from 'vitest';
import type { Files } from '../../ports/files.ts';
import type { Run } from '../../ports/store/runs.ts';
import type { Seen } from '../watch/watch.ts';
import { StartSignals } from './start-signals.ts';

function ground() {
  const given: string[] = [];
  const files = { signal: async (id: string) => void given.push(id) } as unknown as Files;
  return { given, signals: new StartSignals(files) };
}

const run = { instances: ['loader-1'] } as unknown as Run;
const seen = (state: string, started_at = '2026-01-01T00:00:00.000Z', silent = false): Seen =>
  ({
    instance: { id: 'loader-1', state: 'running', started_at },
    told: { kind: 'live', snapshot: { state } },
    silent,
  }) as unknown as Seen;

it('gives a waiting loader of a run one signal for each start', async () => {
  const { given, signals } = ground();
  await signals.see([run], [seen('waiting')]);
  // It was seen once more before it took the first.
  await signals.see([run], [seen('waiting')]);
  expect(given).toEqual(['loader-1']);
  await signals.see([run], [seen('waiting', '2026-01-01T00:05:00.000Z')]);
  expect(given).toEqual(['loader-1', 'loader-1']);
});

it('gives none to a loader without a run, at work, or not heard of just now', async () => {
  const { given, signals } = ground();
  await signals.see([], [seen('waiting')]);
  await signals.see([run], [seen('running')]);
  await signals.see([run], [seen('waiting', undefined, true)]);
  expect(given).toEqual([]);
});
