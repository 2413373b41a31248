/**
 * Weighs the control service: listeners on its live stream while its status is asked for. The clients come from
 * many addresses of this machine, since each may ask ten times a second. Run:
 * `node tools/bench/control/main.ts`; see docs/performance.md. Exits 1 when anything but 200 or 429 is answered.
 *
 *   --seconds N  --listeners N  --rate N   how long, how many, how many a second
 *   --hanging N                            of the listeners, so many read nothing
 */
import { parseArgs } from 'node:util';
import { thisMachine } from '../machine.ts';
import { figuresOfProcess } from '../process-figures.ts';
import { Asking } from './asking.ts';
import { listen } from './listening.ts';
import { startService } from './service.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    listeners: { type: 'string', default: '200' },
    rate: { type: 'string', default: '500' },
    hanging: { type: 'string', default: '0' },
  },
});
const seconds = Number(values.seconds);
const service = await startService();
try {
  const listeners = await listen(service, Number(values.listeners), Number(values.hanging));
  const asking = new Asking(service, Number(values.rate));
  const memory: string[] = [];
  const rss = () => `${figuresOfProcess(service.pid)?.rss_mb.toFixed(0)} MB`;
  await asking.during(3);
  asking.forget();
  const cpu_ms = figuresOfProcess(service.pid)?.cpu_ms ?? 0;
  memory.push(`after 0 s ${rss()}`);
  for (let part = 1; part <= 3; part++) {
    await asking.during(seconds / 3);
    memory.push(`after ${Math.round((part * seconds) / 3)} s ${rss()}`);
  }
  const used = (figuresOfProcess(service.pid)?.cpu_ms ?? 0) - cpu_ms;
  const { p50_ms, p99_ms, most_ms, statuses, lateness_p99_ms } = asking.result();
  const machine = thisMachine();
  const counts = [...statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
  process.stdout.write(
    `${[
      `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load.toFixed(1)}, ${machine.taken_at}`,
      `status       ${counts}`,
      `time         p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms, most ${most_ms.toFixed(1)} ms`,
      `bench itself p99 ${lateness_p99_ms.toFixed(1)} ms late in sending`,
      `processor    ${(used / seconds / 10).toFixed(0)} % of a core`,
      `memory       ${memory.join(', ')}`,
      `listeners    ${listeners.open()} open, ${listeners.events()} events`,
    ].join('\n')}\n`,
  );
  const wrong = [...statuses.keys()].filter((status) => status !== 200 && status !== 429);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  process.stdout.write(`event loop   late by ${await service.close()}\n`);
}
process.exit();
