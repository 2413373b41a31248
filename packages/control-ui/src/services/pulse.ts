import type { Logger } from 'pino';
import type { Backfills } from './backfills.ts';
import type { RunBook } from './fleet/run-book.ts';
import type { Hub } from './hub.ts';
import type { Logs } from './logs/logs.ts';
import type { Overview } from './overview.ts';
import type { Watch } from './watch/watch.ts';

export interface PulseParts {
  readonly watch: Watch;
  readonly book: RunBook;
  readonly logs: Logs;
  readonly overview: Overview;
  readonly backfills: Backfills;
  readonly hub: Hub;
  readonly log: Logger;
}

/** Every look at the loaders becomes numbers that are kept and news for those who listen. */
export function connectPulse(parts: PulseParts): void {
  const { watch, book, logs, overview, backfills, hub } = parts;
  watch.onRound((seen) => (watch.engine.ok ? book.see(seen) : book.missed()));
  watch.onRound((seen) => logs.see(seen));
  watch.onRound(async () => {
    if (hub.listeners === 0) return;
    hub.publish('status', await overview.status());
    if (book.open.some(({ kind }) => kind === 'backfill')) {
      hub.publish('backfill', await backfills.list());
    }
  });
}
