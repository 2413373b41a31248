import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';

/** Sets the ETag of a row: its version. */
export function tag(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
}

/**
 * The version that If-Match names; null for `*`.
 * @throws Refusal when it is missing: an edit without it could undo somebody else's.
 */
export function versionAsked(request: FastifyRequest): number | null {
  const given = request.headers['if-match'];
  if (given === undefined) {
    throw new Refusal('version_missing', {
      message: 'An edit needs the header If-Match.',
      remedy: 'Send the ETag of what was read, or * to overwrite whatever is there.',
    });
  }
  if (given.trim() === '*') return null;
  const match = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(given);
  if (match === null) {
    throw new Refusal('edited_meanwhile', {
      message: 'If-Match names no version that this service gives out.',
      remedy: 'Send the ETag of what was read, quotes included.',
    });
  }
  return Number(match[1]);
}

/** The same where an edit may come without it: null for whatever is there. */
export function versionIfAny(request: FastifyRequest): number | null {
  return request.headers['if-match'] === undefined ? null : versionAsked(request);
}
