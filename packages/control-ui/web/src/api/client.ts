import type { ProblemDetails } from '@trafficinator/contract/rest';
import { enteredAgain } from './session.ts';

/** An answer that is an error: what the service said, as a sentence with a remedy. */
export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.detail);
    this.details = details;
  }
}

export interface Asked {
  readonly body?: unknown;
  /** ETag of what is edited. */
  readonly if_match?: string;
  readonly signal?: AbortSignal;
  /** The same key with the same request does nothing twice. */
  readonly idempotency_key?: string;
}

/** An answer with what its headers said. */
export interface Answered<T> {
  readonly value: T;
  readonly etag: string | null;
}

/**
 * Asks the service. When it knows the session no more, the key is asked for over the page, and then it is asked again.
 * @throws Problem for every answer that is an error, and when there is none
 */
export async function ask<T>(
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answered<T>> {
  const { value, etag } = await askText(method, path, asked);
  return { value: (value === '' ? null : JSON.parse(value)) as T, etag };
}

/** The same for an answer that is a text. */
export async function askText(
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answered<string>> {
  const { body, if_match, signal, idempotency_key } = asked;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(if_match !== undefined && { 'if-match': if_match }),
        ...(idempotency_key !== undefined && { 'idempotency-key': idempotency_key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(unreachable);
  }
  const text = await response.text();
  if (!response.ok) {
    // A key that is entered and is wrong ends nothing. A request that was turned away did nothing: it may be sent again.
    const isEntry = method === 'POST' && path === '/api/session';
    if (response.status === 401 && !isEntry && (await enteredAgain())) {
      return ask(method, path, asked);
    }
    throw new Problem(problemOf(text, response.status));
  }
  return { value: text, etag: response.headers.get('etag') };
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await ask<T>('GET', path, signal === undefined ? {} : { signal })).value;
export const post = async <T>(path: string, body?: unknown): Promise<T> =>
  (await ask<T>('POST', path, body === undefined ? {} : { body })).value;

const unreachable: ProblemDetails = {
  type: 'urn:trafficinator:problem:service_unreachable',
  title: 'No answer',
  status: 0,
  code: 'service_unreachable',
  detail: 'The control service does not answer.',
  remedy: 'See whether it runs; the page tries again by itself.',
  errors: [],
  request_id: '',
};

function problemOf(text: string, status: number): ProblemDetails {
  try {
    const parsed = JSON.parse(text) as Partial<ProblemDetails>;
    if (typeof parsed.code === 'string') return { ...unreachable, ...parsed } as ProblemDetails;
  } catch {
    // A proxy's answer, not the service's.
  }
  const detail = `The service answers ${status}, without saying why.`;
  return { ...unreachable, status, code: 'unexpected', detail, remedy: 'Look at its log.' };
}
