import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The built page: beside the bundle, or where Vite puts it. */
const built = ['./web', '../../web/dist']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find((place) => existsSync(join(place, 'index.html')));

/** Addresses that are not the page's. */
const notPages = /^\/(api|docs|health|ready|openapi\.json|assets)(\/|$|\?)/;

/**
 * Serves the page at `/` and `/ui`, and at the address of each of its views. Its files have their content in
 * their names and are kept for ever; the page itself is asked for each time.
 */
export async function page(app: FastifyInstance): Promise<void> {
  if (built === undefined) return;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(fastifyStatic, {
      root: built,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        const forever = dirname(path).endsWith('assets');
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    for (const url of ['/', '/ui', '/ui/']) scope.get(url, (_request, reply) => sendPage(reply));
  });
}

const html = built === undefined ? '' : readFileSync(join(built, 'index.html'), 'utf8');

/** The page itself: small, and asked for each time, so that a new version is seen at once. */
export function sendPage(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html);
}

/** Whether a request for an unknown address is for a view of the page. */
export function isForPage(method: string, url: string, accept: string | undefined): boolean {
  return (
    built !== undefined &&
    method === 'GET' &&
    !notPages.test(url) &&
    (accept ?? '').includes('text/html')
  );
}
