import cookie from '@fastify/cookie';
import { fastifySSE as sse } from '@fastify/sse';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { auth } from './plugins/auth.ts';
import { headers } from './plugins/headers.ts';
import { idempotency } from './plugins/idempotency.ts';
import { jsonBody } from './plugins/json-body.ts';
import { limits } from './plugins/limits.ts';
import { docsPage, openapi } from './plugins/openapi.ts';
import { page } from './plugins/page.ts';
import { problems, unroutable } from './plugins/problems.ts';
import { refuseUnreadable } from './plugins/unreadable.ts';
import { backfillRoutes } from './routes/backfills.ts';
import { healthRoutes } from './routes/health.ts';
import { lifecycleRoutes } from './routes/lifecycle.ts';
import { liveRoutes } from './routes/live.ts';
import { logRoutes } from './routes/logs.ts';
import { materialRoutes } from './routes/material.ts';
import { oneOffRoutes } from './routes/one-offs.ts';
import { rehearsalRoutes } from './routes/rehearsal.ts';
import type { App } from './routes/routes.ts';
import { runRoutes } from './routes/runs.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingsRoutes } from './routes/settings.ts';
import type { Services } from './services/services.ts';

export interface AppOptions {
  readonly version: string;
  readonly trust_proxy: readonly string[];
  readonly cors_origins: readonly string[];
  readonly cookie_secure: boolean;
  /** Serves the panel too, where it is built. */
  readonly page: boolean;
  readonly log: FastifyBaseLogger;
}

/** Bodies are small; the few addresses that take lists say so themselves. */
const bodyLimit = 512 * 1024;

/** Puts the service's HTTP side together; it listens nowhere yet. */
export async function buildApp(services: Services, options: AppOptions): Promise<App> {
  const { trust_proxy, cors_origins, version } = options;
  const app = Fastify({
    loggerInstance: options.log,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: trust_proxy.length === 0 ? false : [...trust_proxy],
    bodyLimit,
    // A request that comes slower than this is not a person's: connections are not there to be held.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    requestTimeout: 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 30_000,
    clientErrorHandler: refuseUnreadable,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    genReqId: () => crypto.randomUUID(),
    return503OnClosing: true,
    frameworkErrors: unroutable,
  }).withTypeProvider<ZodTypeProvider>();
  // The framework says null where there is no body at all; bodies that may be left out have defaults for that.
  app.setValidatorCompiler((part) => {
    const judge = validatorCompiler(part as Parameters<typeof validatorCompiler>[0]);
    return (data: unknown) => judge(part.httpPart === 'body' ? (data ?? undefined) : data);
  });
  app.setSerializerCompiler(serializerCompiler);
  problems(app);
  jsonBody(app);
  await headers(app, cors_origins);
  await app.register(cookie);
  await limits(app);
  const authParts = { ...services, cors_origins };
  auth(app, authParts);
  idempotency(app, services.store.idempotency, services.clock);
  await app.register(sse, { heartbeatInterval: 15_000 });
  await openapi(app, version);

  healthRoutes(app, services.readiness, version);
  sessionRoutes(app, authParts, options.cookie_secure);
  lifecycleRoutes(app, services.operations, services.overview);
  settingsRoutes(app, services.settings, services.operations);
  rehearsalRoutes(app, services.rehearsal, services.overview);
  logRoutes(app, services.logs);
  liveRoutes(app, services);
  runRoutes(app, services.history);
  backfillRoutes(app, services.backfills, services.oneOffs);
  oneOffRoutes(app, services.oneOffs, services.connection, services.audit);
  materialRoutes(app, services.material, services.store.audit);
  if (options.page) await page(app);
  await docsPage(app);
  return app;
}
