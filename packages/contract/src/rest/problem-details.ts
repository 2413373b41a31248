import { z } from 'zod';

/** One mistake of a request. */
export const requestMistake = z.object({
  /** JSON pointer into the body (`/config/concurrency`), or `?name` for a parameter of the address. */
  pointer: z.string(),
  /** The setting or field in words of the contract; null: the request as a whole. */
  field: z.string().nullable(),
  code: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  message: z.string(),
  remedy: z.string(),
});
export type RequestMistake = z.infer<typeof requestMistake>;

/** Every error answer: problem details (RFC 9457), `application/problem+json`. */
export const problemDetails = z
  .object({
    /** `urn:trafficinator:problem:` and the code. */
    type: z.string(),
    /** Reason phrase of the status. */
    title: z.string(),
    status: z.int(),
    /** Stable: programs match on it. */
    code: z.string(),
    /** What is wrong: one sentence. */
    detail: z.string(),
    /** What to do about it: one sentence. */
    remedy: z.string(),
    /** All mistakes at once; empty when there is only the one above. */
    errors: z.array(requestMistake),
    /** To be found again in the service's log. */
    request_id: z.string(),
  })
  .meta({ id: 'Problem' });
export type ProblemDetails = z.infer<typeof problemDetails>;
