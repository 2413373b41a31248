import { join } from 'node:path';
import { SqliteBatchJournal } from '../../../packages/loader/src/account/batches/batch-journal.ts';
import { BackfillRun } from '../../../packages/loader/src/backfill/run.ts';
import { systemClock } from '../../../packages/loader/src/edge/clock.ts';
import { userAgent } from '../../../packages/loader/src/edge/version.ts';
import { BackfillSchedule } from '../../../packages/loader/src/pace/backfill/backfill-schedule.ts';
import { longestVisit_ms } from '../../../packages/loader/src/plan/longest-visit.ts';
import { builtinMaterial } from '../../../packages/loader/src/plan/material/builtin.ts';
import { compilePlan } from '../../../packages/loader/src/plan/plan.ts';
import { Asker } from '../../../packages/loader/src/send/preflight/ask.ts';
import { Reporting } from '../../../packages/loader/src/send/reporting.ts';
import { HttpTransport } from '../../../packages/loader/src/send/transport.ts';
import { hitWindow } from '../warm-window.ts';
import { query, seed, settingsWith, withDirectory } from './ground.ts';
import type { Measured } from './row.ts';

const hitsPerBatch = 200;
const warmHits = 400_000;
const weighedHits = 800_000;
const token = '0123456789abcdef0123456789abcdef';
const window = { first_day: '2025-01-01', last_day: '2025-12-31', days: 365 };
const zone = 'Europe/Stockholm';
/** Long after the window: its last day is a whole one. */
const cut_ms = Date.UTC(2026, 5, 1);

const settings = settingsWith({
  target_visits_per_day: 200_000,
  backfill_max_visits_per_day: 0,
  backfill_max_visits_total: 0,
  bulk_size: hitsPerBatch,
  matomo_token_auth: token,
});

/**
 * The loader filling the past in bulk: planning, schedule, batches of whole visits up to 200 hits, two
 * lanes, transport, verdicts, books and the journal in a SQLite file that survives a power cut.
 */
export function measureBulk(url: string): Promise<Measured> {
  return withDirectory(async (directory) => {
    const journal = new SqliteBatchJournal(join(directory, 'backfill.sqlite'));
    const transport = transportTo(url);
    const reporting = reportingAt(url);
    const run = backfillRun(journal, transport, reporting);
    const total = () => run.books.total.accepted;
    try {
      const ended = run.start();
      const figures = await hitWindow(warmHits, weighedHits, total);
      const batches = [...journal.finished()].filter((batch) => !batch.opener);
      run.stop(false);
      await ended;
      const { hits, accepted } = run.books.total;
      if (accepted !== hits) throw new Error(`the sink took ${accepted} of ${hits} hits`);
      const hits_per_batch = batches.reduce((sum, batch) => sum + batch.hits, 0) / batches.length;
      return { figures: { ...figures, hits_per_batch }, hits: accepted };
    } finally {
      await reporting.close();
      await transport.destroy();
      journal.close();
    }
  });
}

function backfillRun(
  journal: SqliteBatchJournal,
  transport: HttpTransport,
  reporting: Reporting,
): BackfillRun {
  journal.begin({
    run_id: 'bench',
    seed,
    zone,
    first_day: window.first_day,
    days: window.days,
    cut_ms,
    lanes: settings.bulk_lanes,
    settings: {},
    started_at_ms: systemClock.now(),
  });
  const material = builtinMaterial();
  const backfill = journal.latest();
  if (backfill === null) throw new Error('the journal has forgotten its backfill');
  const run = new BackfillRun({
    clock: systemClock,
    settings,
    funnels: material.funnels,
    plan: compilePlan(settings, material, seed),
    crowd: null,
    schedule: new BackfillSchedule(window, zone, cut_ms, seed, {
      ...settings,
      longest_visit_ms: longestVisit_ms(settings, material),
    }),
    backfill,
    journal,
    transport,
    reporting,
    query: { ...query, with_location: true },
    bulk: true,
  });
  // Batches grow while the far end is quick; what is measured here is 200 hits, Matomo's sweet spot.
  run.size.tooLarge(2 * hitsPerBatch);
  return run;
}

const transportTo = (url: string): HttpTransport =>
  new HttpTransport({
    url,
    token,
    connections: settings.bulk_lanes,
    connect_timeout_ms: 10_000,
    request_timeout_ms: 30_000,
    ca: null,
    tls_insecure: false,
    allow_private: true,
    user_agent: userAgent,
  });

/** Never asked here: every batch gets its answer. */
function reportingAt(url: string): Reporting {
  const asker = new Asker(new URL(url).origin, settings, {
    ca: null,
    user_agent: userAgent,
    timeout_ms: 10_000,
    now: () => systemClock.now(),
  });
  return new Reporting(asker, '/index.php', token);
}
