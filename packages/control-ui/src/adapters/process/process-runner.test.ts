import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeRunner } from '../runner-conformance.ts';
import { systemClock } from '../system-clock.ts';
import { ProcessRunner } from './process-runner.ts';

describeRunner('process', async () => {
  const shared_dir = await mkdtemp(join(tmpdir(), 'process-runner-'));
  return {
    clock: systemClock,
    runner: (control_id) =>
      new ProcessRunner({
        clock: systemClock,
        control_id,
        shared_dir,
        loader_entry: join(import.meta.dirname, '../../testing/odd-loader.ts'),
        environment: {},
      }),
    engine: null,
    close: () => rm(shared_dir, { recursive: true }),
  };
});
