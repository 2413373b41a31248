import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from './stack.ts';

/** An answer of the control service. */
export interface PanelAnswer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the test looks at whatever came
  readonly json: any;
}

/** How a request gets to the service: method, path and body in JSON. */
type Way = (method: string, path: string, key: string, body: string | null) => Promise<string>;

const between_ms = 250;

/** The control service as a client of its REST API sees it. */
export class Panel {
  key = '';
  /** All that was answered, for looking through. */
  readonly answers: string[] = [];
  readonly #way: Way;

  private constructor(way: Way) {
    this.#way = way;
  }

  /** At the service's published port. */
  static published(stack: Stack): Panel {
    return new Panel(async (method, path, key, body) => {
      const url = `${await stack.address('control', 8000)}${path}`;
      const answer = await fetch(url, { ...request(method, key, body) });
      return `${answer.status} ${await answer.text()}`;
    });
  }

  /** From inside, where no port is published. */
  static inside(stack: Stack): Panel {
    const program = `const [url, options] = process.argv.slice(1);
      const answer = await fetch(url, JSON.parse(options));
      process.stdout.write(answer.status + ' ' + await answer.text());`;
    return new Panel((method, path, key, body) => {
      const { signal: _, ...options } = request(method, key, body);
      const url = `http://127.0.0.1:8000${path}`;
      return stack.evaluate('control', program, url, JSON.stringify(options));
    });
  }

  async ask(method: string, path: string, body?: unknown): Promise<PanelAnswer> {
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await this.#way(method, path, this.key, sent);
    this.answers.push(answer);
    const text = answer.slice(4);
    return { status: Number(answer.slice(0, 3)), text, json: parsed(text) };
  }

  /** Asks until the answer fits, and gives it. Throws with the last one when it never does. */
  async until(
    path: string,
    fits: (json: PanelAnswer['json']) => boolean,
    seconds = 60,
  ): Promise<PanelAnswer['json']> {
    const end = performance.now() + seconds * 1000;
    let last = 'nothing';
    while (performance.now() < end) {
      try {
        const { text, json } = await this.ask('GET', path);
        if (fits(json)) return json;
        last = text;
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
      }
      await pause(between_ms);
    }
    throw new Error(
      `${path} does not become what it should for ${seconds} s: ${last.slice(0, 1_500)}`,
    );
  }
}

function request(method: string, key: string, body: string | null) {
  return {
    method,
    headers: { 'x-api-key': key, ...(body !== null && { 'content-type': 'application/json' }) },
    ...(body !== null && { body }),
    signal: AbortSignal.timeout(60_000),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
