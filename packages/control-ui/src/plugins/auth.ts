import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../ports/store/access.ts';
import { Refusal } from '../refusal.ts';
import type { AuditTrail } from '../services/audit-trail.ts';
import type { Gate, Visitor } from '../services/gate.ts';
import type { Throttle } from '../services/throttle.ts';
import { sendProblem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on addresses that anybody may read. */
    visitor: Visitor | null;
  }
  interface FastifyContextConfig {
    /** `public`: anybody. Left out: viewers may read, operators may do everything. */
    access?: 'public' | Role;
  }
}

export const sessionCookie = 'trafficinator_session';

export interface AuthParts {
  readonly gate: Gate;
  readonly throttle: Throttle;
  readonly audit: AuditTrail;
  readonly cors_origins: readonly string[];
}

/** Every this many refused attempts of an address are noted, besides the first. */
const notedEvery = 100;

/** Lets in who has a key or a session, before anything of the request's body is read. */
export function auth(app: FastifyInstance, parts: AuthParts): void {
  app.decorateRequest('visitor', null);
  // After the rate limit, which counts every request, and before any body is read.
  app.addHook('preParsing', async (request, reply) => {
    const needed = request.routeOptions.config.access ?? roleFor(request.method);
    if (needed === 'public' || request.is404) return;
    const visitor = await identify(request, reply, parts);
    if (visitor === null) return reply;
    if (needed === 'operator' && visitor.role !== 'operator') {
      parts.audit.note(actorOf(request, visitor), {
        action: 'auth.role',
        subject: request.routeOptions.url ?? null,
        outcome: 'refused',
        detail: { method: request.method },
      });
      throw new Refusal('role_too_low', {
        message: `The key “${visitor.name}” may only read.`,
        remedy: 'Use the key of an operator.',
      });
    }
    if (visitor.by === 'session' && needed === 'operator') ownOriginOnly(request, parts);
    request.visitor = visitor;
  });
}

const roleFor = (method: string): Role =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'viewer' : 'operator';

/** Who did it, for the audit trail. */
export function actorOf(
  request: FastifyRequest,
  visitor: Visitor | null = request.visitor,
): { readonly name: string; readonly address: string } {
  return { name: visitor?.name ?? '-', address: request.ip };
}

async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: AuthParts,
): Promise<Visitor | null> {
  const key = request.headers['x-api-key'];
  if (typeof key === 'string' && key !== '') return checkKey(request, reply, key, parts);
  const cookie = request.cookies[sessionCookie];
  if (cookie !== undefined && cookie !== '') {
    const visitor = await parts.gate.bySession(cookie);
    if (visitor !== null) return visitor;
    reply.clearCookie(sessionCookie, { path: '/' });
    sendProblem(request, reply, 'session_ended', {
      message: 'The session has ended.',
      remedy: 'Enter the key again.',
    });
    return null;
  }
  reply.header('www-authenticate', 'ApiKey header="X-API-Key"');
  sendProblem(request, reply, 'key_missing', {
    message: 'This address needs a key.',
    remedy: 'Send it in the header X-API-Key.',
  });
  return null;
}

/**
 * A key from outside: an address that failed too often waits first, and its key is not even looked at.
 * Sends the refusal itself and resolves to null.
 */
export async function checkKey(
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  { gate, throttle, audit }: AuthParts,
): Promise<Visitor | null> {
  const address = request.ip;
  const wait_seconds = throttle.wait_seconds(address);
  if (wait_seconds > 0) {
    reply.header('retry-after', String(wait_seconds));
    sendProblem(request, reply, 'too_many_requests', {
      message: `There were too many wrong keys from this address.`,
      remedy: `Try again in ${wait_seconds} s.`,
    });
    return null;
  }
  const visitor = await gate.byKey(key);
  if (visitor !== null) {
    throttle.succeeded(address);
    return visitor;
  }
  const failures = throttle.failed(address);
  if (failures <= 10 || failures % notedEvery === 0) {
    audit.note(actorOf(request, null), {
      action: 'auth.key',
      subject: null,
      outcome: 'refused',
      detail: { failures },
    });
  }
  reply.header('www-authenticate', 'ApiKey header="X-API-Key"');
  sendProblem(request, reply, 'key_wrong', {
    message: 'This key is not known here.',
    remedy: 'Check the header X-API-Key; the service printed the first key when it started first.',
  });
  return null;
}

/** A cookie comes along by itself, so what changes something must come from the service's own page. */
function ownOriginOnly(request: FastifyRequest, { cors_origins }: AuthParts): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = origin !== undefined && originIs(origin, request.host || host || '');
  if (own || site === 'same-origin' || (origin !== undefined && cors_origins.includes(origin))) {
    return;
  }
  throw new Refusal('foreign_origin', {
    message: 'This request does not come from the page of this service.',
    remedy: 'Use X-API-Key outside of the page.',
  });
}

function originIs(origin: string, host: string): boolean {
  return URL.parse(origin)?.host === host;
}
