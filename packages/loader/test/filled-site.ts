import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReconcileReport, reconcileReport } from '@trafficinator/contract';
import { type FakeMatomo, type SitesInput, startFakeMatomo } from '@trafficinator/fake-matomo';
import { vi } from 'vitest';
import { backfillCommand } from '../src/cli/backfill.ts';
import { type ReconcileFlags, reconcileCommand } from '../src/cli/reconcile.ts';
import type { Clock } from '../src/pace/clock.ts';

/** A clock whose waits are over at once, and which remembers how long they were. */
export function hastyClock(): Clock & { readonly waits_ms: number[] } {
  const waits_ms: number[] = [];
  let waited_ms = 0;
  return {
    waits_ms,
    now: () => Date.now(),
    elapsed: () => waited_ms,
    after: (delay_ms, callback) => {
      waits_ms.push(delay_ms);
      waited_ms += delay_ms;
      return setImmediate(callback);
    },
    cancel: (timer) => clearImmediate(timer as NodeJS.Immediate),
  };
}

export const shop: SitesInput[string] = {
  name: 'Shop',
  main_url: 'https://shop.example.test',
  timezone: 'Europe/Stockholm',
  currency: 'SEK',
};

/** Four days over the change to summer time, with something of every kind on each. */
export const usualWindow = [
  'BACKFILL_START_DATE=2025-03-28',
  'BACKFILL_END_DATE=2025-03-31',
  'TARGET_VISITS_PER_DAY=60',
  'BACKFILL_SEED=11',
  'ECOMMERCE_PROBABILITY=0.3',
  'SITESEARCH_PROBABILITY=0.4',
  'BULK_SIZE=60',
];

export interface Reconciled {
  readonly exitCode: number;
  readonly report: ReconcileReport;
  /** What was written for people. */
  readonly text: string;
}

/** A stand-in Matomo with a state directory, to be filled by a backfill and reconciled over real HTTP. */
export class FilledSite {
  readonly matomo: FakeMatomo;
  readonly folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  readonly clock = hastyClock();

  /** Where the commands send to; something may stand before the stand-in. */
  tracker_url: string;

  constructor(matomo: FakeMatomo) {
    this.matomo = matomo;
    this.tracker_url = matomo.tracker_url;
  }

  static async start(site: SitesInput[string] = shop): Promise<FilledSite> {
    return new FilledSite(await startFakeMatomo({ sites: { '1': site } }));
  }

  /** Settings of both commands; `NAME=` leaves one out. */
  settings(more: readonly string[] = []): string[] {
    const left = more.filter((each) => each.endsWith('='));
    const all = [
      `MATOMO_URL=${this.tracker_url}`,
      `MATOMO_TOKEN_AUTH=${this.matomo.token}`,
      `STATE_DIR=${this.folder}`,
      'STATUS_PORT=0',
      'LOG_LEVEL=CRITICAL',
      ...more,
    ];
    return all.filter((each) => !left.some((name) => each.startsWith(name)));
  }

  /** Fills the window; what the command prints is kept from the test's own output. */
  async backfill(set: readonly string[] = usualWindow): Promise<number> {
    const silent = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockReturnValue(true),
    );
    try {
      const flags = { restart: false, status: false, json: true };
      return await backfillCommand({ ...flags, set: this.settings(set) });
    } finally {
      for (const spy of silent) spy.mockRestore();
    }
  }

  async reconcile(
    flags: Partial<ReconcileFlags> = {},
    set: readonly string[] = [],
  ): Promise<Reconciled> {
    const stdout: string[] = [];
    const stderr: string[] = [];
    const exitCode = await reconcileCommand(
      { json: true, wait: 0, ...flags, set: this.settings(set) },
      {
        stdout: { write: (text) => stdout.push(text) },
        stderr: { write: (text) => stderr.push(text) },
        clock: this.clock,
      },
    );
    const report = reconcileReport.parse(JSON.parse(stdout.join('')));
    return { exitCode, report, text: stderr.join('') };
  }

  async close(): Promise<void> {
    await this.matomo.close();
    rmSync(this.folder, { recursive: true });
  }
}
