import { z } from 'zod';
import type { Answer, HttpAnswer } from '../answer.ts';
import type { BatchVerdict } from '../batch-verdict.ts';

const counts = z.object({
  status: z.string(),
  tracked: z.int().nonnegative(),
  invalid: z.int().nonnegative(),
  invalid_indices: z.array(z.int().nonnegative()).optional(),
});

/**
 * Reads the answer to a bulk request of `sent` hits completely, as Matomo was observed to give it:
 * tracked + invalid = sent, or something was lost; 500 with JSON is a transaction rolled back as a whole
 * (its `tracked` means nothing); a GIF is QueuedTracking; 0/0 is tracking switched off; a page is no
 * tracker. Gateways (502, 504), a 500 without Matomo's JSON, time-outs and resets leave it open.
 */
export function bulkVerdict(answer: Answer, sent: number): BatchVerdict {
  if (answer.kind === 'none') {
    if (answer.sent) return { kind: 'unknown', reason: answer.code };
    return notRecorded(answer.code);
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return ofSuccess(answer, sent);
  const reason = `http_${status}`;
  if (status === 413) return { kind: 'too_large' };
  if (status === 429 || status === 503) return notRecorded(reason, answer.retry_after_ms);
  if (status === 500 && countsOf(answer) !== null) {
    return { kind: 'not_recorded', reason: 'rolled_back', retry_after_ms: null, rolled_back: true };
  }
  if (status >= 500 || status === 408) return { kind: 'unknown', reason };
  return {
    kind: 'hopeless',
    code: status === 401 || status === 403 ? 'token_refused' : 'target_refuses',
    reason,
  };
}

function ofSuccess(answer: HttpAnswer, sent: number): BatchVerdict {
  if (answer.content_type.includes('image/gif') || answer.body.startsWith('GIF')) {
    return recorded({ queued: true });
  }
  const read = countsOf(answer);
  if (read === null) {
    return { kind: 'hopeless', code: 'target_not_a_tracker', reason: 'no_bulk_answer' };
  }
  const { tracked, invalid, invalid_indices: indices } = read;
  if (tracked + invalid === 0) return { kind: 'hopeless', code: 'tracking_off', reason: '0_of_0' };
  if (invalid === sent && sent > 1) {
    return { kind: 'hopeless', code: 'target_refuses', reason: 'all_hits_refused' };
  }
  const named =
    indices !== undefined && indices.length === invalid && indices.every((i) => i < sent);
  return recorded({
    refused: named ? indices : [],
    refused_unnamed: named ? 0 : invalid,
    lost: Math.max(0, sent - tracked - invalid),
  });
}

function countsOf(answer: HttpAnswer): z.infer<typeof counts> | null {
  try {
    return counts.parse(JSON.parse(answer.body));
  } catch {
    return null;
  }
}

const notRecorded = (reason: string, retry_after_ms: number | null = null): BatchVerdict => ({
  kind: 'not_recorded',
  reason,
  retry_after_ms,
  rolled_back: false,
});

const recorded = (facts: Partial<Extract<BatchVerdict, { kind: 'recorded' }>>): BatchVerdict => ({
  kind: 'recorded',
  refused: [],
  refused_unnamed: 0,
  lost: 0,
  queued: false,
  ...facts,
});
