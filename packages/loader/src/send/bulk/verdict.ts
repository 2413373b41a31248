import { z } from 'zod';
import type { Answer, HttpAnswer } from '../answer.ts';
import { jsonOf } from '../api-answer.ts';
import type { BatchVerdict, HopelessReason } from '../batch-verdict.ts';
import { addressRefused } from '../connector.ts';
import { verdictOf } from '../verdict.ts';

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
 * tracker, or one whose debug log hides the counts. Gateways (502, 504), a 500 without Matomo's JSON,
 * time-outs and resets leave it open.
 */
export function bulkVerdict(answer: Answer, sent: number): BatchVerdict {
  if (answer.kind === 'none') return ofNoAnswer(answer);
  const { status } = answer;
  if (status >= 200 && status < 300) return ofSuccess(answer, sent);
  const reason = `http_${status}` as const;
  if (status === 413) return { kind: 'too_large' };
  const single = verdictOf(answer);
  if (single.retryable) return notRecorded(reason, single.retry_after_ms);
  if (status === 500 && countsOf(answer) !== null) {
    return { ...notRecorded('rolled_back'), rolled_back: true };
  }
  if (single.outcome === 'unknown') return { kind: 'unknown', reason };
  return hopeless(reason);
}

function ofNoAnswer(answer: Extract<Answer, { kind: 'none' }>): BatchVerdict {
  if (answer.sent) return { kind: 'unknown', reason: answer.code };
  const { retryable, outcome } = verdictOf(answer);
  if (retryable || outcome === 'dropped') return notRecorded(answer.code);
  return hopeless(answer.code === addressRefused ? addressRefused : 'certificate');
}

function ofSuccess(answer: HttpAnswer, sent: number): BatchVerdict {
  if (answer.content_type.includes('image/gif') || answer.body.startsWith('GIF')) {
    return recorded({ queued: true });
  }
  const read = countsOf(answer);
  if (read === null) return hopeless('no_counts', true);
  const { status, tracked, invalid, invalid_indices: indices } = read;
  if (status !== 'success') return { kind: 'unknown', reason: 'status_error' };
  if (tracked + invalid === 0) return hopeless('tracking_off');
  if (invalid === sent && sent > 1) return hopeless('all_refused');
  const named =
    indices !== undefined && indices.length === invalid && indices.every((i) => i < sent);
  return recorded({
    refused: named ? indices : [],
    refused_unnamed: named ? 0 : invalid,
    lost: Math.max(0, sent - tracked - invalid),
  });
}

function countsOf(answer: HttpAnswer): z.infer<typeof counts> | null {
  return counts.safeParse(jsonOf(answer.body)).data ?? null;
}

const hopeless = (
  reason: HopelessReason,
  maybe_recorded = false,
): Extract<BatchVerdict, { kind: 'hopeless' }> => ({ kind: 'hopeless', reason, maybe_recorded });

const notRecorded = (
  reason: string,
  retry_after_ms: number | null = null,
): Extract<BatchVerdict, { kind: 'not_recorded' }> => ({
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
