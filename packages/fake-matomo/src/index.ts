import type { AddressInfo } from 'node:net';
import { Store } from './engine/store.ts';
import { Faults } from './faults/faults.ts';
import type { ReportSource } from './reports/call.ts';
import { activePlugins } from './reports/plugins.ts';
import { standInServer } from './server.ts';
import { type DefaultSiteChoices, defaultSites } from './sites/default-site.ts';
import { parseSites, type Site, type SitesInput } from './sites/site.ts';
import { emptyStats, type Stats } from './tracker/counts.ts';
import { TrackingFailures } from './tracker/failures.ts';
import type { Ground } from './tracker/track.ts';
import { Tracker } from './tracker/tracker.ts';

export type { Visit } from './engine/visit.ts';
export { Faults } from './faults/faults.ts';
export type { FaultSettings, FaultSettingsInput } from './faults/settings.ts';
export { defaultSites } from './sites/default-site.ts';
export { parseSites, type Site, type SitesInput } from './sites/site.ts';
export type { Stats } from './tracker/counts.ts';

/** The super user's token when none is chosen. It is no secret: the stand-in protects nothing. */
export const DEMO_TOKEN = '0123456789abcdef0123456789abcdef';

export interface FakeMatomoOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Sites by id; a shop with `default_site`'s timezone and currency when left out. */
  readonly sites?: SitesInput;
  readonly default_site?: DefaultSiteChoices;
  readonly token?: string;
  /** A second token, of a user who may only look at the sites: hits take no notice of it. */
  readonly view_token?: string;
  /** Plugins that are active although a fresh Matomo has them not, and the other way round. */
  readonly plugins?: Readonly<Record<string, boolean>>;
  /** The stand-in's clock, in epoch milliseconds. */
  readonly now?: () => number;
}

export interface FakeMatomo {
  /** Where it listens, without a slash at the end: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly tracker_url: string;
  readonly port: number;
  readonly token: string;
  readonly sites: ReadonlyMap<number, Site>;
  readonly faults: Faults;
  /** What is recorded, for looking at in tests. */
  readonly store: Store;
  stats(): Stats & { readonly faults: Record<string, number> };
  /** Forgets what was recorded and counted; the faults in force stay. */
  reset(): void;
  /** Cuts all connections and stops at once. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in Matomo in this process.
 * @throws z.ZodError when the sites are not valid; a system error (`EADDRINUSE`) when it cannot listen.
 */
export async function startFakeMatomo(options: FakeMatomoOptions = {}): Promise<FakeMatomo> {
  const host = options.host ?? '127.0.0.1';
  const token = options.token ?? DEMO_TOKEN;
  const sites = parseSites(options.sites ?? defaultSites(options.default_site));
  const faults = new Faults();
  const closing = new AbortController();
  const ground: Ground = {
    sites,
    store: new Store(),
    token,
    failures: new TrackingFailures(),
    now: options.now ?? Date.now,
    retention_days: () => faults.settings.retention_days ?? null,
    excludes: () => !faults.settings.exclusions_off,
  };
  const reports: ReportSource = {
    ...ground,
    view_token: options.view_token ?? null,
    plugins: activePlugins(options.plugins),
  };
  const counted = emptyStats();
  const stats = () => ({ ...structuredClone(counted), faults: faults.injected });
  const reset = () => {
    ground.store.reset();
    ground.failures.clear();
    Object.assign(counted, emptyStats());
    faults.forgetCounts();
  };
  const tracker = new Tracker(ground, faults, counted, closing.signal);
  const server = standInServer({ tracker, reports, faults, stats, reset });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      closing.abort();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const { store } = ground;
  const tracker_url = `${url}/matomo.php`;
  return { url, tracker_url, port, token, sites, faults, store, stats, reset, close };
}
