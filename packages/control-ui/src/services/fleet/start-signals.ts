import type { Files } from '../../ports/files.ts';
import type { Told } from '../../ports/status-reader.ts';
import type { Run } from '../../ports/store/runs.ts';
import type { Seen } from '../watch/watch.ts';

/** Whether a loader says that it waits for its start signal. */
export const awaitsSignal = (told: Told): boolean =>
  told.kind === 'live' && told.snapshot.state === 'waiting';

/**
 * Gives loaders their start signal. A loader that a compose file made waits for it whenever it starts: also
 * after an outage, in the middle of its run. Each start of a loader gets one: a second one would stay, and let
 * the next start begin without being asked.
 */
export class StartSignals {
  readonly #files: Files;
  /** When the loader started that was given its signal. */
  readonly #given = new Map<string, string | null>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Signals the loaders of runs under way that are seen waiting. */
  async see(open: readonly Run[], all: readonly Seen[]): Promise<void> {
    const expected = new Set(open.flatMap(({ instances }) => instances));
    for (const { instance, told, silent } of all) {
      const { id, state, started_at } = instance;
      if (!expected.has(id) || state !== 'running' || silent) continue;
      if (told === null || !awaitsSignal(told) || this.#given.get(id) === started_at) continue;
      await this.#files.signal(id);
      this.#given.set(id, started_at);
    }
  }
}
