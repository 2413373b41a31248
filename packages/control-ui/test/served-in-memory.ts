import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { LoaderFiles } from '../src/adapters/files/loader-files.ts';
import { httpStatusReader } from '../src/adapters/http/status-reader.ts';
import { MemoryEngine } from '../src/adapters/memory/memory-engine.ts';
import { MemoryRunner } from '../src/adapters/memory/memory-runner.ts';
import { openStore } from '../src/adapters/sqlite/store.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { buildApp } from '../src/app.ts';
import { addKey } from '../src/cli/keys.ts';
import type { Clock } from '../src/ports/clock.ts';
import { noStandIn } from '../src/ports/stand-in.ts';
import { dataFolder } from '../src/testing/data-folder.ts';
import { spec } from '../src/testing/runner-ground.ts';
import { wire } from '../src/wiring.ts';

const none = () => Promise.reject(new Error('there is none here'));

/** Waits that are a fifth as long, for tests that want to see what comes after half a minute. */
const hurriedClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => systemClock.after(ms / 5, call),
};

/**
 * The service's HTTP side over one loader in memory, whose status server only counts who asks. Nobody looks at the
 * loader but the test (`services.watch.look()`).
 */
export async function servedInMemory() {
  let asked = 0;
  const stub = createServer((_request, response) => {
    asked += 1;
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  const status = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;
  const folder = dataFolder();
  const runner = new MemoryRunner({
    engine: new MemoryEngine(systemClock),
    control_id: 'mine',
    statusUrl: () => status,
  });
  await runner.create(spec('loader-1'));
  await runner.start('loader-1');
  const store = await openStore({ data_dir: folder, secret_key: null, as: 'alone' }, systemClock);
  const reader = httpStatusReader();
  const log = pino({ level: 'silent' });
  const services = wire(
    {
      store,
      runner,
      files: new LoaderFiles(folder, folder),
      commands: { run: none, close: async () => {} },
      reader,
      clock: hurriedClock,
      log,
      built_in: { urls: none, events: none },
      presets: [],
      stand_in: noStandIn,
    },
    { allow_private_targets: true, max_backfills: 1 },
  );
  const app = await buildApp(services, {
    version: '0',
    trust_proxy: [],
    cors_origins: [],
    cookie_secure: false,
    page: false,
    log,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    services.hub.close();
    app.server.closeAllConnections();
    await app.close();
    await services.watch.stop();
    await reader.close();
    await store.close();
    stub.close();
  });
  let key = '';
  addKey(folder, 'listens', 'viewer', (line) => {
    key = line;
  });
  return { url, key, services, folder, asked: () => asked };
}
