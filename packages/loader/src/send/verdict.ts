import type { Outcome } from '@trafficinator/contract';
import type { Answer, HttpAnswer } from './answer.ts';
import { addressRefused } from './connector.ts';

export interface Verdict {
  readonly outcome: Outcome;
  /** Short stable code, e.g. `http_400`, `timeout`; empty for accepted. */
  readonly reason: string;
  /** Surely not recorded, and sending again may help. */
  readonly retryable: boolean;
  readonly retry_after_ms: number | null;
}

const accepted: Verdict = {
  outcome: 'accepted',
  reason: '',
  retryable: false,
  retry_after_ms: null,
};

/**
 * Judges the answer to a single hit, by what Matomo was observed to answer: 204 (`send_image=0`) or a
 * GIF is a yes; 400 is a no, never worth a retry. 429 and 503 come before anything is recorded, but for
 * a gateway's 503 that tells of a reset. Any other 5xx, 408, a time-out and a reset leave it open whether the hit was recorded: Matomo has no
 * idempotency key, so such a hit is unknown and is not sent again.
 */
export function verdictOf(answer: Answer): Verdict {
  if (answer.kind === 'http') return ofStatus(answer);
  const { sent, code } = answer;
  if (sent) return no('unknown', code);
  if (code === 'aborted') return no('dropped', 'shutdown');
  return no('failed', code, !isCertificateTrouble(code) && code !== addressRefused);
}

function ofStatus(answer: HttpAnswer): Verdict {
  const { status } = answer;
  if (status === 204) return accepted;
  if (status >= 200 && status < 300) {
    return isText(answer) ? no('rejected', 'not_a_tracker') : accepted;
  }
  const reason = `http_${status}`;
  if (status === 408 || isCutOff(answer)) return no('unknown', reason);
  if (status === 429 || status === 503) {
    return { outcome: 'failed', reason, retryable: true, retry_after_ms: answer.retry_after_ms };
  }
  return no(status >= 500 ? 'unknown' : 'rejected', reason);
}

/** Envoy's 503 for an upstream that broke off after it had got the request. */
const isCutOff = ({ status, body }: HttpAnswer): boolean =>
  status === 503 && body.includes('reset before headers');

function no(outcome: Outcome, reason: string, retryable = false): Verdict {
  return { outcome, reason, retryable, retry_after_ms: null };
}

/** A collecting proxy before Matomo may say yes with a word of its own, such as `OK`. */
const longestWord = 16;

/**
 * A 200 that says something instead of showing the GIF: a Matomo that is not installed or broken (it
 * answers 200 with a sentence), its debug log, or no tracker at all.
 */
function isText({ content_type, body }: HttpAnswer): boolean {
  if (content_type.includes('image/') || body.startsWith('GIF8')) return false;
  if (/html|json/.test(content_type)) return true;
  const text = body.trim();
  return text.length > longestWord || /[<{]|error|fail/i.test(text);
}

function isCertificateTrouble(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL/.test(code);
}
