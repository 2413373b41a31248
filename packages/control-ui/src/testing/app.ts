import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { buildApp } from '../app.ts';
import type { App } from '../routes/routes.ts';
import { digestOf } from '../services/gate.ts';
import { type Wired, wire } from '../wiring.ts';
import { type Described, described } from './described.ts';
import { type TestGround, testGround } from './ground.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Asking {
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client's address. */
  readonly from?: string;
  /** Whose key is sent; null: none. */
  readonly as?: keyof typeof testKeys | null;
}

export interface TestApp extends TestGround {
  readonly services: Wired;
  readonly app: App;
  readonly api: Described;
  /** Asks, and holds that the answer is one that the API's description has for this address. */
  ask(method: Method, url: string, asking?: Asking): Promise<LightMyRequestResponse>;
}

/** Keys that the app of a test knows. */
const testKeys = {
  operator: 'operator-key-of-a-test',
  viewer: 'viewer-key-of-a-test',
} as const;

/** The whole service in memory, to be asked without a socket; it goes with the test. */
export async function testApp(given: Partial<TestGround> = {}): Promise<TestApp> {
  const ground = testGround(given);
  const services = wire(ground, { allow_private_targets: false, max_backfills: 2 });
  for (const role of ['operator', 'viewer'] as const) {
    await ground.store.access.addKey(role, role, digestOf(testKeys[role]));
  }
  const app = await buildApp(services, {
    version: '0.0.0',
    trust_proxy: [],
    cors_origins: [],
    cookie_secure: false,
    page: false,
    log: pino({ level: 'silent' }),
  });
  await app.ready();
  onTestFinished(() => app.close());
  const api = described(app);
  const ask: TestApp['ask'] = async (method, url, asking = {}) => {
    const { body, headers = {}, from, as = 'operator' } = asking;
    const isJson = body !== undefined && typeof body !== 'string';
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...(as !== null && { 'x-api-key': testKeys[as] }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(from !== undefined && { remoteAddress: from }),
      ...(body !== undefined && { payload: isJson ? JSON.stringify(body) : body }),
    });
    api.check(method, url, answer);
    return answer;
  };
  return { ...ground, services, app, api, ask };
}
