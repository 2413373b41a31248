import type { readyAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { Files } from '../ports/files.ts';
import type { Runner } from '../ports/runner.ts';
import type { Store } from '../ports/store/store.ts';
import type { Watch } from './watch/watch.ts';

type Answer = z.infer<typeof readyAnswer>;
type Part = { readonly ok: boolean; readonly reason: string };

/** The answer to a stranger says no more than that something is wrong. */
const patience_ms = 2_500;

/** Whether everything works that the service needs; asked at each request, each part for a bounded time. */
export class Readiness {
  readonly #runner: Runner;
  readonly #store: Store;
  readonly #files: Files;
  readonly #watch: Watch;

  constructor(runner: Runner, store: Store, files: Files, watch: Watch) {
    this.#runner = runner;
    this.#store = store;
    this.#files = files;
    this.#watch = watch;
  }

  async ask(): Promise<Answer> {
    const [engine, database, disk] = await Promise.all([
      inTime(this.#runner.check()),
      inTime(this.#store.check()),
      inTime(this.#files.check()),
    ]);
    const loaders = this.#loaders();
    const ok = [engine, database, disk, loaders].every((part) => part.ok);
    return { status: ok ? 'ok' : 'degraded', engine, database, disk, loaders };
  }

  #loaders(): Part {
    const seen = [...this.#watch.seen.values()];
    const running = seen.filter(({ instance }) => instance.state === 'running');
    const silent = running.filter((each) => each.silent).length;
    if (silent > 0) return { ok: false, reason: `${silent} of ${running.length} do not answer` };
    return { ok: true, reason: `${running.length} run` };
  }
}

async function inTime(asked: Promise<Part>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Part>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, reason: `no answer for ${patience_ms / 1000} s` }),
      patience_ms,
    );
  });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return { ok: false, reason: 'it cannot be asked' };
  } finally {
    clearTimeout(timer);
  }
}
