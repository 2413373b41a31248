import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';

export interface StreamEvent {
  readonly id: number;
  readonly event: string;
  readonly data: string;
}

/** A listener on GET /api/live, as a browser is one; `pause` makes it take nothing any more. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  /** How the stream ended: by its end, or cut off. */
  readonly ended: Promise<'ended' | 'cut off'>;
  readonly #answer: IncomingMessage;
  #text = '';
  #wake: (() => void) | null = null;

  private constructor(answer: IncomingMessage) {
    this.#answer = answer;
    answer.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.ended = new Promise((resolve) => {
      answer.once('end', () => resolve('ended'));
      answer.once('error', () => resolve('cut off'));
      answer.once('close', () => resolve('cut off'));
    });
    onTestFinished(() => {
      answer.destroy();
    });
  }

  static open(
    base: string,
    key: string,
    {
      topics,
      after,
      by = 'header',
    }: {
      readonly topics?: string;
      readonly after?: number;
      readonly by?: 'header' | 'query';
    } = {},
  ): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const query = new URLSearchParams({
        ...(topics !== undefined && { topics }),
        ...(after !== undefined && by === 'query' && { after: String(after) }),
      });
      const asked = request(new URL(`/api/live?${query}`, base), {
        agent: false,
        headers: {
          accept: 'text/event-stream',
          'x-api-key': key,
          ...(after !== undefined && by === 'header' && { 'last-event-id': String(after) }),
        },
      });
      asked.once('error', reject);
      asked.once('response', (answer) => {
        if (answer.statusCode === 200) resolve(new EventStream(answer));
        else reject(new Error(`the stream answers ${answer.statusCode}`));
      });
      asked.end();
    });
  }

  /** The first event that fits, among those that came and those that come. */
  async until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent> {
    for (let at = 0; ; at++) {
      while (at >= this.events.length) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      const event = this.events[at] as StreamEvent;
      if (fits(event)) return event;
    }
  }

  /** Takes nothing more from the connection. */
  pause(): void {
    this.#answer.pause();
  }

  leave(): void {
    this.#answer.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const event = field('event');
      if (event === undefined) continue;
      this.events.push({ id: Number(field('id')), event, data: field('data') ?? '' });
    }
    this.#wake?.();
  }
}
