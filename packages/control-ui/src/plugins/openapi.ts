import { existsSync } from 'node:fs';
import { join } from 'node:path';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** A bundle has the page's files beside it. */
const besideBundle = join(import.meta.dirname, 'static');
/** The page sets styles in its elements; nothing else of the service may. */
const policy =
  "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'";

/** OpenAPI 3.1 at /openapi.json, made from the routes' own schemas; a page to read it at /docs. */
export async function openapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Trafficinator control service',
        version,
        description:
          'Starts, configures and watches loaders. Errors are problem details (RFC 9457) with a stable code and a remedy. Lists come in pages; what can be edited has an ETag, and edits take If-Match.',
        license: { name: 'MIT' },
      },
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          session: { type: 'apiKey', in: 'cookie', name: 'trafficinator_session' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, () =>
    app.swagger(),
  );
}

/** The page at /docs; registered after the routes. */
export async function docsPage(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: policy,
      ...(existsSync(besideBundle) && { baseDir: besideBundle }),
    });
  });
}
