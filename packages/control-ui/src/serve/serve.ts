import { mkdirSync } from 'node:fs';
import pino, { type Logger } from 'pino';
import { buildApp } from '../app.ts';
import type { Config } from '../config.ts';
import { layGround } from '../ground.ts';
import { loaderId } from '../services/fleet/fleet.ts';
import { repairedFiles } from '../services/fleet/repaired-files.ts';
import { keysAtStart } from '../services/keys.ts';
import { version } from '../version.ts';
import { type Ground, type Wired, wire } from '../wiring.ts';

export interface ServeOptions {
  /** Starts a stand-in Matomo beside the service and makes it the first target. */
  readonly rehearsal: boolean;
}

/**
 * Files of a loader that runs, or that is to go on with a run after an outage, are its own affair; those of one
 * that is idle are what the database says.
 */
async function repairIdle(
  services: Wired,
  { runner, files, store }: Ground,
  log: Logger,
): Promise<void> {
  const id = loaderId(0);
  // An engine that does not answer must not hold up the start.
  if (!(await runner.check()).ok) return;
  const found = await runner.find(id).catch(() => null);
  if (found?.state === 'running') return;
  if (services.book.open.some(({ instances }) => instances.includes(id))) return;
  const { values } = await store.settings.get();
  const wanted = new Map([[id, await services.composition.of(id, values, null)]]);
  const isNew = (await files.settingsOf(id)) === null;
  for (const repaired of await repairedFiles(files, wanted)) {
    if (!isNew)
      log.warn(repaired, 'files of a loader were not what the database says, and are written anew');
  }
}

/** Engines give a container ten seconds to end. */
const drain_ms = 5_000;

/** What a running service can be told. */
export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/** What only the first start tells: the key. It goes to the terminal, never to the log. */
export type Say = (line: string) => void;

/** Starts the service. @throws ConfigError, OpeningError, or a system error when it cannot listen. */
export async function serve(
  config: Config,
  options: ServeOptions,
  environment: Readonly<Record<string, string>>,
  say: Say,
): Promise<Service> {
  for (const folder of [config.data_dir, config.files_dir]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const log = pino({
    level: config.log_level,
    base: null,
    redact: ['req.headers', 'key', 'token'],
  });
  const ground = await layGround(config, environment, log);
  try {
    const keys = await keysAtStart(ground.store.access, config.api_key);
    const services = wire(ground, {
      ...config,
      allow_private_targets: config.allow_private_targets || options.rehearsal,
    });
    const standIn = await services.rehearsal.takeUp(options.rehearsal);
    await services.book.takeUp();
    await repairIdle(services, ground, log);
    const app = await buildApp(services, { ...config, page: true, version, log });
    services.watch.start();
    const url = await app.listen({ host: config.host, port: config.port });
    if (keys.kind === 'made') {
      say(`The service’s first key, shown this once: ${keys.key}`);
      say('Send it in the header X-API-Key, or enter it in the page.');
    }
    if (standIn !== null) say(`A stand-in Matomo listens at ${new URL(standIn).origin}.`);
    say(`The control service listens at ${url} (API at /docs).`);
    return {
      url,
      close: async () => {
        services.hub.close();
        // What is under way may end; who does not take its answer does not hold up the rest.
        const late = setTimeout(() => app.server.closeAllConnections(), drain_ms);
        await app.close();
        clearTimeout(late);
        services.logs.stop();
        await services.watch.stop();
        await ground.close();
      },
    };
  } catch (error) {
    await ground.close();
    throw error;
  }
}
