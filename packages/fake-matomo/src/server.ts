import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerControl, type Controlled } from './http/control.ts';
import { type Received, receive } from './http/received.ts';
import { htmlReply, jsonReply, type Outcome } from './http/reply.ts';
import { frontPage, healthReply, STAND_IN_HEADERS } from './http/self-description.ts';
import { answerReport } from './reports/api.ts';
import type { ReportSource } from './reports/call.ts';
import { MATOMO_VERSION } from './reports/core.ts';
import type { Tracker } from './tracker/tracker.ts';

export interface Parts extends Controlled {
  readonly tracker: Tracker;
  readonly reports: ReportSource;
}

const KEEP_ALIVE_MS = 120_000;

/** The HTTP server of a stand-in, not listening yet. */
export function standInServer(parts: Parts): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void serve(parts, request, response);
  });
  // Headers must be allowed to take longer than an idle connection lives, or Node cuts it first.
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  return server;
}

async function serve(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let received: Received;
  try {
    received = await receive(request);
  } catch {
    // The sender broke off; nobody is left to answer.
    response.destroy();
    return;
  }
  let outcome: Outcome;
  try {
    outcome = await route(parts, received);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    outcome = jsonReply(500, { status: 'error', message: `The stand-in failed: ${text}` });
  }
  if (outcome === 'silence') return;
  if (outcome === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const length = String(Buffer.byteLength(outcome.body));
  const withLength = outcome.status === 204 ? {} : { 'Content-Length': length };
  response.writeHead(outcome.status, { ...outcome.headers, ...withLength, ...STAND_IN_HEADERS });
  response.end(outcome.body);
}

async function route(parts: Parts, received: Received): Promise<Outcome> {
  const { path } = received;
  if (path.endsWith('/matomo.php') || path.endsWith('/piwik.php')) {
    return parts.tracker.handle(received);
  }
  if (path.endsWith('/index.php')) return answerReport(received, parts.reports);
  const control = answerControl(received, parts);
  if (control !== null) return control;
  if (path === '/healthz') return healthReply();
  if (path === '/') {
    if (new URLSearchParams(received.query).has('module')) {
      return answerReport(received, parts.reports);
    }
    return frontPage(parts.stats(), MATOMO_VERSION);
  }
  return htmlReply(404, '<p>Nothing is here. This is a stand-in for Matomo.</p>');
}
