import { createHash } from 'node:crypto';
import { HitRefused } from '../engine/refusal.ts';
import type { Parameters } from './parameters.ts';

const NO_HEX = '0000000000000000';
const PLUGINS = ['cookie', 'pdf', 'fla', 'java', 'qt', 'realp', 'wma', 'ag'];

export interface Identity {
  readonly visitor_id: string | null;
  readonly visitor_is_forced: boolean;
  readonly user_id: string | null;
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 16);
const hexOrZero = (id: string): string => (/^[0-9a-f]{16}$/i.test(id) ? id.toLowerCase() : NO_HEX);

/**
 * Who a hit says it is. `uid` overrides everything (its hash is the visitor), then `cid`, then
 * `_id`; ids that are not hexadecimal all become the one visitor of zeros; a short `_id` is ignored
 * and a long one cut.
 * @throws HitRefused for a `cid` that is not 16 characters long.
 */
export function identityOf(parameters: Parameters): Identity {
  const uid = parameters.text('uid').slice(0, 200);
  const cid = parameters.text('cid');
  if (uid !== '') return { visitor_id: sha1(uid), visitor_is_forced: cid !== '', user_id: uid };
  if (cid !== '') {
    if (cid.length !== 16) {
      throw new HitRefused('invalid_visitor_id', 'cid must be 16 hexadecimal characters.');
    }
    return { visitor_id: hexOrZero(cid), visitor_is_forced: true, user_id: null };
  }
  const id = parameters.text('_id');
  const usable = id.length >= 16 ? hexOrZero(id.slice(0, 16)) : null;
  return { visitor_id: usable, visitor_is_forced: false, user_id: null };
}

/** What Matomo guesses a visitor by when no id matches: browser, plugins, address, language, day. */
export function fingerprintOf(
  parameters: Parameters,
  sender: { ip: string; user_agent: string; language: string },
  day: string,
): string {
  const plugins = PLUGINS.map((name) => (parameters.whole(name) === 1 ? '1' : '0')).join('');
  return `${day}|${sender.ip}|${sender.language.slice(0, 20)}|${plugins}|${sender.user_agent}`;
}
