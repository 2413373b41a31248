import type { Clock } from '../pace/clock.ts';
import type { Answer, Transport } from '../send/answer.ts';

/** What the far end does with one request: answers after a while, or never (`answer: null`). */
export interface Reaction {
  /** 0: in the same turn; the hardest case for whoever sends. */
  readonly after_ms: number;
  readonly answer: Answer | null;
  /** Whether the request has left when an abort cuts it short; default: it has. */
  readonly leaves?: boolean;
}

/** One request as the far end saw it. */
export interface Sent {
  /** Position among all requests of the run. */
  readonly order: number;
  readonly query: string;
  /** The visitor, `cid`. */
  readonly visitor: string;
  readonly sent_ms: number;
  answered_ms: number | null;
  answer: Answer | null;
}

export type Script = (sent: Sent) => Reaction;

/** A transport that plays a script under any clock and remembers everything that passed. */
export class ScriptedTransport implements Transport {
  readonly sent: Sent[] = [];
  /** Most requests of one visitor that were out at the same time. */
  mostAtOnce = 0;
  readonly #clock: Clock;
  readonly #script: Script;
  readonly #out = new Map<Sent, () => void>();
  readonly #outOf = new Map<string, number>();
  #destroyed = false;

  constructor(clock: Clock, script: Script) {
    this.#clock = clock;
    this.#script = script;
  }

  /** Requests that have no answer yet. */
  get out(): number {
    return this.#out.size;
  }

  send(query: string, answered: (answer: Answer) => void, left?: () => void): void {
    const sent: Sent = {
      order: this.sent.length,
      query,
      visitor: /&cid=([0-9a-f]{16})&/.exec(query)?.[1] ?? '',
      sent_ms: this.#clock.elapsed(),
      answered_ms: null,
      answer: null,
    };
    this.sent.push(sent);
    const reaction = this.#destroyed ? aborted(false) : this.#script(sent);
    if (!this.#destroyed && (reaction.leaves ?? true)) left?.();
    const end = (answer: Answer) => {
      if (!this.#out.delete(sent)) return;
      this.#outOf.set(sent.visitor, (this.#outOf.get(sent.visitor) ?? 0) - 1);
      sent.answer = answer;
      sent.answered_ms = this.#clock.elapsed();
      answered(answer);
    };
    const { answer } = reaction;
    this.#out.set(sent, () => end(abortedAnswer(reaction.leaves ?? true)));
    const atOnce = (this.#outOf.get(sent.visitor) ?? 0) + 1;
    this.#outOf.set(sent.visitor, atOnce);
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
    if (answer === null) return;
    if (reaction.after_ms === 0) end(answer);
    else this.#clock.after(reaction.after_ms, () => end(answer));
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    await Promise.resolve();
    for (const abort of [...this.#out.values()]) abort();
  }
}

const abortedAnswer = (sent: boolean): Answer => ({ kind: 'none', sent, code: 'aborted' });
const aborted = (sent: boolean): Reaction => ({ after_ms: 0, answer: abortedAnswer(sent) });

/** Matomo's yes to `send_image=0`. */
export const accepts = (after_ms = 20): Reaction => status(204, after_ms);

/** An answer with a status. A refusal is a GIF too, a server error a page. */
export function status(
  code: number,
  after_ms = 20,
  retry_after_ms: number | null = null,
): Reaction {
  const content_type = code >= 500 ? 'text/html' : 'image/gif';
  return {
    after_ms,
    answer: { kind: 'http', status: code, content_type, retry_after_ms, body: '' },
  };
}

/** No answer: refused connection, reset, time-out. */
export function lost(sent: boolean, code: string, after_ms = 20): Reaction {
  return { after_ms, answer: { kind: 'none', sent, code } };
}

/** Silence until the transport is destroyed. */
export const silence = (leaves = true): Reaction => ({ after_ms: 0, answer: null, leaves });
