import { ProcessRunner } from '../adapters/process/process-runner.ts';
import { systemClock } from '../adapters/system-clock.ts';

/** A service that starts a loader, says so and hangs: for a test that kills it. Arguments: directory, loader, command. */
const [shared_dir = '', loader_entry = '', ...command] = process.argv.slice(2);
const runner = new ProcessRunner({
  clock: systemClock,
  control_id: 'mine',
  shared_dir,
  loader_entry,
  environment: {},
});
await runner.create({ id: 'orphan', role: 'loader', command });
const { detail } = await runner.start('orphan');
process.stdout.write(`${detail}\n`);
setInterval(() => {}, 1_000_000);
