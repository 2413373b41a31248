import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../ports/store/access.ts';
import { Refusal } from '../refusal.ts';
import type { AuditTrail, Deed } from '../services/audit-trail.ts';
import type { Gate, Visitor } from '../services/gate.ts';
import type { Sparing } from '../services/sparing.ts';
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
  readonly sparing: Sparing;
  readonly audit: AuditTrail;
  readonly cors_origins: readonly string[];
}

const isRead = (method: string): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

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
      noteRefused(request, visitor, parts, {
        action: 'auth.role',
        subject: request.routeOptions.url ?? null,
        detail: { method: request.method },
      });
      throw new Refusal('role_too_low', {
        message: `The key “${visitor.name}” may only read.`,
        remedy: 'Use the key of an operator.',
      });
    }
    if (visitor.by === 'session' && !isRead(request.method)) ownOriginOnly(request, parts);
    request.visitor = visitor;
  });
}

const roleFor = (method: string): Role => (isRead(method) ? 'viewer' : 'operator');

/** Who did it, for the audit trail. */
export function actorOf(
  request: FastifyRequest,
  visitor: Visitor | null = request.visitor,
): { readonly name: string; readonly address: string } {
  return { name: visitor?.name ?? '-', address: request.ip };
}

/** So many refusals a minute, no more: the trail is for what was done, and nobody may push that out of it. */
function noteRefused(
  request: FastifyRequest,
  visitor: Visitor | null,
  { audit, sparing }: AuthParts,
  deed: Pick<Deed, 'action' | 'subject' | 'detail'>,
): void {
  const left_out = sparing.take();
  if (left_out === null) return;
  const detail = { ...deed.detail, ...(left_out > 0 && { left_out }) };
  audit.note(actorOf(request, visitor), { ...deed, detail, outcome: 'refused' });
}

/** Whether who came in with this request may still: a key is revoked, a session ends. */
export async function stillIn(request: FastifyRequest, gate: Gate): Promise<boolean> {
  const key = request.headers['x-api-key'];
  const visitor =
    typeof key === 'string' && key !== ''
      ? await gate.byKey(key)
      : await gate.bySession(request.cookies[sessionCookie] ?? '');
  return visitor !== null;
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
  parts: AuthParts,
): Promise<Visitor | null> {
  const { gate, throttle } = parts;
  const address = request.ip;
  if (hasToWait(request, reply, throttle)) return null;
  const visitor = await gate.byKey(key);
  // Of many that come at once only as many are judged as if they came one by one.
  if (hasToWait(request, reply, throttle)) return null;
  if (visitor !== null) {
    throttle.succeeded(address);
    return visitor;
  }
  const failures = throttle.failed(address);
  if (isPowerOfTwo(failures)) {
    noteRefused(request, null, parts, { action: 'auth.key', subject: null, detail: { failures } });
  }
  reply.header('www-authenticate', 'ApiKey header="X-API-Key"');
  sendProblem(request, reply, 'key_wrong', {
    message: 'This key is not known here.',
    remedy: 'Check the header X-API-Key; the service printed the first key when it started first.',
  });
  return null;
}

const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));

function hasToWait(request: FastifyRequest, reply: FastifyReply, throttle: Throttle): boolean {
  const wait_seconds = throttle.wait_seconds(request.ip);
  if (wait_seconds === 0) return false;
  reply.header('retry-after', String(wait_seconds));
  sendProblem(request, reply, 'too_many_requests', {
    message: 'There were too many wrong keys from this address.',
    remedy: `Try again in ${wait_seconds} s.`,
  });
  return true;
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
