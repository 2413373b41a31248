#!/usr/bin/env -S node --
import { isMainThread } from 'node:worker_threads';
import { runCli } from './cli.ts';

/** How long what is still open after the end may take before it is cut off. */
const grace_ms = 500;

if (isMainThread) {
  // Whoever reads the output may have seen enough, as `head` has: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`The output cannot be written (${error.code ?? error.message}).\n`);
    process.exit(1);
  });
  process.exitCode = await runCli(process.argv.slice(2));
  setTimeout(() => process.exit(), grace_ms).unref();
} else {
  // Bundled into one file, the program is also what the thread that tries plugins begins with.
  await import('./edge/plugins/trial-worker.ts');
}
