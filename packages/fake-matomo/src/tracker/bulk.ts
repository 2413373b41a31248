import { z } from 'zod';
import type { Reply } from '../http/reply.ts';
import { acceptedReply, bulkReply, rolledBackReply } from './answers.ts';
import { addStats, emptyStats, type Stats } from './counts.ts';
import { Parameters, parametersOfQuery } from './parameters.ts';
import type { Connection } from './read-hit.ts';
import { type Ground, track } from './track.ts';

/** Matomo knows a bulk request by this text anywhere in the body; the content type is not read. */
export const looksLikeBulk = (body: string): boolean => body.includes('"requests"');

const bulkSchema = z.looseObject({
  requests: z.array(z.unknown()),
  token_auth: z.unknown().optional(),
  send_image: z.unknown().optional(),
});

export interface BulkRequest {
  readonly token: string;
  readonly wants_answer: boolean;
  readonly elements: readonly Parameters[];
}

const NOTHING: BulkRequest = { token: '', wants_answer: true, elements: [] };

/**
 * Reads a bulk body: `{"requests": ["?query", {…}], "token_auth": "…"}`. Elements are query
 * strings or objects. A string without `?` is dropped uncounted, so later indices are one lower
 * than the sender's. A body that is no JSON has no elements, and Matomo is content with that.
 */
export function readBulk(body: string): BulkRequest {
  const parsed = bulkSchema.safeParse(parseJson(body));
  if (!parsed.success) return NOTHING;
  const elements: Parameters[] = [];
  for (const element of parsed.data.requests) {
    const parameters = readElement(element);
    if (parameters !== null) elements.push(parameters);
  }
  const { token_auth, send_image } = parsed.data;
  return {
    token: typeof token_auth === 'string' ? token_auth : '',
    wants_answer: send_image !== 0 && send_image !== '0',
    elements,
  };
}

/** The visitors a bulk request names, for finding out which open requests share one. */
export function visitorsOf(bulk: BulkRequest): Set<string> {
  const visitors = new Set<string>();
  for (const element of bulk.elements) {
    const id = element.text('uid') || element.text('cid') || element.text('_id');
    if (id !== '') visitors.add(`${element.text('idsite')} ${id}`);
  }
  return visitors;
}

/** Tracks all elements in one transaction: all that are valid, or after a server fault none. */
export function trackBulk(
  ground: Ground,
  bulk: BulkRequest,
  connection: Connection,
  stats: Stats,
): Reply {
  const done = emptyStats();
  const invalid: number[] = [];
  const hasToken = bulk.token === ground.token;
  let tracked = 0;
  ground.store.begin();
  for (const [index, element] of bulk.elements.entries()) {
    const own = element.text('token_auth');
    const mayOverride = own === '' ? hasToken : own === ground.token;
    const verdict = track(ground, element, connection, mayOverride, done);
    if (verdict === 'server_fault') {
      ground.store.rollback();
      stats.hits_seen += bulk.elements.length;
      stats.hits_rolled_back += bulk.elements.length;
      return rolledBackReply(tracked);
    }
    if (verdict === 'tracked') tracked += 1;
    else invalid.push(index);
  }
  ground.store.commit();
  addStats(stats, done);
  if (!bulk.wants_answer) return acceptedReply(false);
  const counts = { tracked, invalid: invalid.length };
  return bulkReply(hasToken ? { ...counts, invalid_indices: invalid } : counts);
}

function readElement(element: unknown): Parameters | null {
  if (typeof element === 'string') {
    const mark = element.indexOf('?');
    return mark < 0 ? null : new Parameters(parametersOfQuery(element.slice(mark + 1)));
  }
  if (element === null || typeof element !== 'object' || Array.isArray(element)) return null;
  return new Parameters(element as Record<string, unknown>);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
