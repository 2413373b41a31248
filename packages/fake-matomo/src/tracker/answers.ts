import { htmlReply, type Reply } from '../http/reply.ts';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

const NOTICE =
  '<p>This resource is part of Matomo, or rather of a stand-in that answers in its place.</p>';

/** A recorded or silently excluded hit: the 43-byte GIF, or 204 when `send_image=0`. */
export function acceptedReply(sendImage: boolean): Reply {
  if (!sendImage) return { status: 204, headers: {}, body: '' };
  return gifReply({});
}

export const gifReply = (extra: Record<string, string>): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'image/gif', 'Cache-Control': 'no-store', ...extra },
  body: GIF,
});

/** A refused hit: the GIF's bytes with the notice behind them. The reason is never in the body. */
export const refusedReply = (): Reply => ({
  status: 400,
  headers: { 'Content-Type': 'image/gif', 'Cache-Control': 'no-store' },
  body: Buffer.concat([GIF, Buffer.from(NOTICE)]),
});

/** A request that tracks nothing: 200 for a bare GET, 400 for a body Matomo finds no hits in. */
export const noticeReply = (status: number): Reply => htmlReply(status, NOTICE);

/** `[Tracker] debug = 1`: a log for people in place of every answer. */
export const debugReply = (): Reply =>
  htmlReply(200, 'DEBUG: Debug enabled - Input parameters:\nDEBUG: array ()\n');

/** `record_statistics=0`. */
export const trackingOffReply = (sendImage: boolean): Reply =>
  sendImage ? htmlReply(503, NOTICE) : acceptedReply(false);

export interface BulkCounts {
  readonly tracked: number;
  readonly invalid: number;
  /** Left out unless the top level carried a valid token. */
  readonly invalid_indices?: readonly number[];
}

export function bulkReply(counts: BulkCounts): Reply {
  return bulkJson(200, { status: 'success', ...counts });
}

/** The transaction was rolled back; `tracked` is what had been done before, none of it stays. */
export function rolledBackReply(tracked: number): Reply {
  return bulkJson(500, { status: 'error', tracked, invalid: 0, invalid_indices: [] });
}

const bulkJson = (status: number, value: unknown): Reply => ({
  status,
  headers: {
    'Content-Type': 'application/json',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
  },
  body: JSON.stringify(value),
});
