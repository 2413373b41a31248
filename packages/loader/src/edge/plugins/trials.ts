import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { JourneysFile, Settings } from '@trafficinator/contract';
import type { Material } from '../../plan/material/material.ts';
import { type TrialOrder, trialWorkerFile } from './trial-worker.ts';
import type { Trial } from './try-plugin.ts';

/** How long a worker may take to begin, and a plugin to be loaded and to plan a few visits. */
const longestStart_ms = 60_000;
export const longestTrial_ms = 10_000;

/** What the trials showed, or which plugin never came to an end. */
export type Trials =
  | { readonly trials: readonly Trial[] }
  | { readonly endless: string }
  | { readonly broken: true };

/**
 * Tries plugins in a thread of their own, so that an endless loop in one ends there. Waits for it: nothing
 * can be planned before.
 */
export function tryPlugins(
  paths: readonly string[],
  material: Material,
  file: JourneysFile | null,
  settings: Settings,
  longest_ms = longestTrial_ms,
): Trials {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const order: TrialOrder = {
    kind: 'plugin-trials',
    paths,
    material: { ...material, behaviour: null },
    file,
    settings,
    at,
    port: port2,
  };
  // What a plugin prints while it is tried would be printed once more when it works.
  const worker = new Worker(trialWorkerFile, {
    workerData: order,
    transferList: [port2],
    stdout: true,
    stderr: true,
    execArgv: ['--no-warnings'],
  });
  worker.on('error', () => {});
  worker.unref();
  try {
    for (let now = 0; now <= paths.length; now = Atomics.load(at, 0)) {
      const waited = Atomics.wait(at, 0, now, now === 0 ? longestStart_ms : longest_ms);
      if (waited === 'timed-out') {
        const path = paths[now - 1];
        return path === undefined ? { broken: true } : { endless: path };
      }
    }
    const answer = receiveMessageOnPort(port1);
    return answer === undefined ? { broken: true } : { trials: answer.message as Trial[] };
  } finally {
    port1.close();
    void worker.terminate();
  }
}
