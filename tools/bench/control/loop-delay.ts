/** Loaded before the service (`node --import`): writes how late its event loop was, when it ends. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env.LOOP_DELAY_FILE;
// Not in the loaders that the service starts, which do not get the variable.
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('exit', () => {
    const figures = { p50_ms: delay.percentile(50) / 1e6, p99_ms: delay.percentile(99) / 1e6 };
    writeFileSync(file, JSON.stringify({ ...figures, most_ms: delay.max / 1e6 }));
  });
}
