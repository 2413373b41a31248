import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { reportOf } from './backfill-yard.ts';
import { type Ran, runHere } from './here.ts';
import { Interceptor } from './interceptor.ts';
import type { StubRequest } from './stub-server.ts';

type Settings = Readonly<Record<string, string | number | boolean>>;

export const viewToken = 'f'.repeat(32);

/** A stand-in, something that looks into the requests before it, and a state directory: backfills of a week, run in this process. */
export class BackfillGround {
  readonly fake: FakeMatomo;
  readonly proxy: Interceptor;
  readonly directory = mkdtempSync(join(tmpdir(), 'backfill-test-'));
  readonly settings: Settings;

  constructor(fake: FakeMatomo, proxy: Interceptor) {
    this.fake = fake;
    this.proxy = proxy;
    this.settings = {
      MATOMO_URL: `${proxy.url}/matomo.php`,
      MATOMO_TOKEN_AUTH: fake.token,
      STATE_DIR: join(this.directory, 'state'),
      STATUS_PORT: 0,
      LOG_LEVEL: 'CRITICAL',
      BACKFILL_START_DATE: '2025-10-23',
      BACKFILL_END_DATE: '2025-10-29',
      BACKFILL_MAX_VISITS_PER_DAY: 25,
      BACKFILL_SEED: 3,
      BULK_SIZE: 40,
      PROBE_SETTLE_SECONDS: 0.3,
      BACKFILL_PATIENCE_SECONDS: 20,
    };
  }

  static async open(): Promise<BackfillGround> {
    const site = { timezone: 'Europe/Stockholm' };
    const fake = await startFakeMatomo({ default_site: site, view_token: viewToken });
    return new BackfillGround(fake, await new Interceptor(fake.url).open());
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.fake.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  run(changes: Settings = {}, flags: readonly string[] = []): Promise<Ran> {
    const given = Object.entries({ ...this.settings, ...changes }).filter(
      ([, value]) => value !== '',
    );
    return runHere(['backfill', '--json', ...flags], Object.fromEntries(given));
  }

  /** Runs and reads the report. */
  async report(changes: Settings = {}, flags: readonly string[] = []) {
    const ran = await this.run(changes, flags);
    return { ...ran, report: reportOf(ran) };
  }

  /** Tracking requests with hits. */
  get tracked(): StubRequest[] {
    return this.proxy.requests.filter(
      ({ path, body }) => path.startsWith('/matomo.php') && body !== '',
    );
  }
}

export const isTracking = ({ path, body }: StubRequest): boolean =>
  path.startsWith('/matomo.php') && body !== '';

/** The problems of a command that sent nothing. */
export function errorsOf({
  out,
}: Ran): { readonly code: string; readonly message: string; readonly remedy: string }[] {
  return JSON.parse(out).errors;
}
