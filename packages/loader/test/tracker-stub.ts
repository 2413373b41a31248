import { likeMatomo, type StubAnswer, type StubRequest, startStub } from './stub-server.ts';

export type Tls = Parameters<typeof startStub>[1];

/** One tracking hit as the server got it. */
interface SeenHit {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly at_ms: number;
  readonly parameters: URLSearchParams;
  readonly answer: StubAnswer;
}

/** Matomo's yes to `send_image=0`. */
export const yes: StubAnswer = { status: 204 };

export interface TrackerStub {
  readonly url: string;
  /** Every hit (`rec=1`) that arrived, in order, with what was answered. */
  readonly hits: readonly SeenHit[];
  /** Everything that arrived. */
  readonly requests: readonly StubRequest[];
  /** Visitors in the order of their first hit. */
  visitors(): string[];
  /** Changes the answers from now on. */
  answerWith(answer: (nth: number) => StubAnswer): void;
  close(): Promise<void>;
}

/**
 * A server that describes itself as a Matomo and answers hits as told; `nth` counts them from 0.
 * `other`: the answer to everything that is no hit.
 */
export async function startTracker(
  answer: (nth: number) => StubAnswer,
  options: { readonly other?: StubAnswer; readonly tls?: Tls } = {},
): Promise<TrackerStub> {
  const hits: SeenHit[] = [];
  const describe = likeMatomo();
  let current = answer;
  const stub = await startStub((request) => {
    const { method, path, body } = request;
    const query = path.includes('?') ? path.slice(path.indexOf('?') + 1) : body;
    const parameters = new URLSearchParams(query);
    if (parameters.get('rec') !== '1') return options.other ?? describe(request);
    const told = current(hits.length);
    hits.push({ method, path, body, at_ms: Date.now(), parameters, answer: told });
    return told;
  }, options.tls ?? null);
  return {
    url: stub.url,
    hits,
    requests: stub.requests,
    visitors: () => [...new Set(hits.map(({ parameters }) => parameters.get('cid') ?? ''))],
    answerWith: (next) => {
      current = next;
    },
    close: () => stub.close(),
  };
}
