import type { Reply } from '../http/reply.ts';
import { acceptedReply, noticeReply, refusedReply } from './answers.ts';
import type { Stats } from './counts.ts';
import type { Parameters } from './parameters.ts';
import type { Connection } from './read-hit.ts';
import { type Ground, track } from './track.ts';

export const wantsImage = (parameters: Parameters): boolean =>
  parameters.text('send_image') !== '0';

/** Tracks a request that came alone. Every refusal and every server fault is a 400. */
export function trackSingle(
  ground: Ground,
  method: string,
  parameters: Parameters,
  connection: Connection,
  stats: Stats,
): Reply {
  if (parameters.isEmpty) return noticeReply(method === 'POST' ? 400 : 200);
  const hasToken = parameters.text('token_auth') === ground.token;
  const verdict = track(ground, parameters, connection, hasToken, stats);
  return verdict === 'tracked' ? acceptedReply(wantsImage(parameters)) : refusedReply();
}
