import {
  DEMO_TOKEN,
  type FakeMatomo,
  startFakeMatomo,
} from '../../packages/fake-matomo/src/index.ts';
import { makeMaterial } from './material.ts';
import type { Jobs, Service } from './service.ts';

/** What the pictures show. All of it was sent and counted; nothing is made up. */
export interface Sample {
  /** The newer run and the older one that it is compared with. */
  readonly run: string;
  readonly before: string;
  /** A backfill that is over. */
  readonly backfill: string;
  /** One that takes minutes. */
  readonly slow: string;
  /** All that the service keeps, as its export has it. */
  readonly everything: string;
  close(): Promise<void>;
}

/** What is read of the service's status. */
export interface Status {
  readonly hits: { readonly accepted: number };
}
interface Runs {
  readonly items: readonly { readonly id: string; readonly end: unknown }[];
}

const perDay = 864_000;

/** Two runs before and after the far end got faster, a backfill, two targets, and traffic that goes on. */
export async function makeSample(service: Service): Promise<Sample> {
  const shop = await startFakeMatomo();
  const blog = await startFakeMatomo();
  await service.ask('POST', '/api/config/apply', {
    config: {
      matomo_url: shop.tracker_url,
      matomo_token_auth: DEMO_TOKEN,
      target_visits_per_day: perDay,
      timezone: 'Europe/Stockholm',
    },
  });
  shop.faults.set({ latency: { min_ms: 90, max_ms: 400 }, answer: { status: 503, share: 0.02 } });
  await oneRun(service, { concurrency: 60 });
  shop.faults.set({ latency: { min_ms: 15, max_ms: 60 }, answer: { status: 503, share: 0.002 } });
  await oneRun(service, { concurrency: 150 });
  const { items } = await service.ask<Runs>('GET', '/api/runs');
  const [run, before] = items;
  if (run === undefined || before === undefined) throw new Error('There are no two runs.');
  shop.faults.set({});
  await makeMaterial(service);
  const backfill = await oneBackfill(service);
  await service.ask('POST', '/api/presets', {
    name: 'Night',
    description: 'What the shop sees between midnight and six',
    config: { target_visits_per_day: 4_000, concurrency: 20, timezone: 'Europe/Stockholm' },
  });
  const slow = await slowBackfill(service);
  await goOn(service, shop, blog);
  const everything = JSON.stringify(await service.ask('GET', '/api/export'));
  return {
    slow,
    everything,
    run: run.id,
    before: before.id,
    backfill,
    close: async () => {
      await shop.close();
      await blog.close();
    },
  };
}

async function oneRun(service: Service, config: Record<string, unknown>): Promise<void> {
  await service.ask('POST', '/api/start', { new_run: true, config });
  await service.until<Status>('/api/status', ({ hits }) => hits.accepted > 700);
  await service.ask('POST', '/api/stop?timeout=10');
  await service.until<Runs>('/api/runs', ({ items }) => items.every(({ end }) => end !== null));
}

async function oneBackfill(service: Service): Promise<string> {
  const { job } = await service.ask<{ job: { id: string } }>('POST', '/api/backfill/run', {
    name: 'Spring',
    config: {
      backfill_start_date: '2026-03-01',
      backfill_end_date: '2026-05-31',
      backfill_max_visits_per_day: 60,
      backfill_seed: 7,
    },
  });
  await service.until<Jobs>('/api/backfill/status', ({ runs }) =>
    runs.some(({ id, state }) => id === job.id && state === 'finished'),
  );
  return job.id;
}

/** Traffic to two targets, one of which now and then refuses or breaks off. */
async function goOn(service: Service, shop: FakeMatomo, blog: FakeMatomo): Promise<void> {
  await service.ask('PUT', '/api/targets', {
    targets: [
      { name: 'shop', url: shop.tracker_url, site_id: 1, token_auth: DEMO_TOKEN, weight: 3 },
      { name: 'blog', url: blog.tracker_url, site_id: 1, token_auth: DEMO_TOKEN, weight: 1 },
    ],
    strategy: 'weighted',
  });
  shop.faults.set({ latency: { min_ms: 20, max_ms: 120 } });
  blog.faults.set({
    latency: { min_ms: 30, max_ms: 250 },
    answer: { status: 400, share: 0.01 },
    reset_after_commit: { share: 0.004 },
  });
  await service.ask('POST', '/api/start', { new_run: true, config: { concurrency: 200 } });
  await service.until<Status>('/api/status', ({ hits }) => hits.accepted > 300);
}

/** A backfill that takes minutes, to be seen under way. */
async function slowBackfill(service: Service): Promise<string> {
  const { job } = await service.ask<{ job: { id: string } }>('POST', '/api/backfill/run', {
    name: 'Last summer',
    config: {
      backfill_start_date: '2026-06-01',
      backfill_end_date: '2026-08-31',
      backfill_max_visits_per_day: 300,
      backfill_seed: 11,
      backfill_hits_per_second: 400,
    },
  });
  return job.id;
}
