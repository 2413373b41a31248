import { jsonOf, refusal } from './api-answer.ts';
import { apiForm } from './api-form.ts';
import type { Asker } from './preflight/ask.ts';

/** Matomo's Reporting API did not say what it was asked. */
export class ReportingError extends Error {
  /** It answered, and the answer is no: asking again will not help. */
  readonly refused: boolean;

  constructor(message: string, refused: boolean) {
    super(message);
    this.refused = refused;
  }
}

/** Matomo's Reporting API at one target. */
export class Reporting {
  readonly #asker: Asker;
  readonly #path: string;
  readonly #token: string;

  constructor(asker: Asker, path: string, token: string) {
    this.#asker = asker;
    this.#path = path;
    this.#token = token;
  }

  /** The answer to one method as unparsed JSON; throws a ReportingError. */
  async ask(parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const reply = await this.#asker.ask(this.#path, apiForm(parameters, this.#token));
    if (reply.kind === 'none') throw new ReportingError(`no answer [${reply.code}]`, false);
    const answer = jsonOf(reply.body);
    const error = refusal.safeParse(answer).data;
    const isRefusal = reply.status < 500 && (reply.status >= 400 || error !== undefined);
    if (isRefusal && reply.status !== 408 && reply.status !== 429) {
      throw new ReportingError(error?.message ?? `status ${reply.status}`, true);
    }
    if (reply.status !== 200 || answer === undefined) {
      const what = error === undefined ? 'without JSON' : `(${error.message})`;
      throw new ReportingError(`status ${reply.status} ${what}`, false);
    }
    return answer;
  }

  async close(): Promise<void> {
    await this.#asker.close();
  }
}
