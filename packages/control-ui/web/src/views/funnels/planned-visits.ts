import { useEffect, useState } from 'preact/hooks';
import * as z from 'zod/mini';
import { post } from '../../api/client.ts';

const hit = z.object({
  kind: z.string(),
  offset_ms: z.number(),
  step: z.optional(z.number()),
  params: z.record(z.string(), z.string()),
});
const visit = z.object({
  visit: z.number(),
  device: z.string(),
  country: z.string(),
  funnel: z.optional(z.string()),
  journey: z.optional(z.string()),
  negative: z.optional(z.string()),
  hits: z.array(hit),
});
const answer = z.object({ visits: z.array(visit) });
export type PlannedVisit = z.output<typeof visit>;
export type PlannedHit = z.output<typeof hit>;

export interface Planned {
  /** null: none were planned yet. */
  readonly visits: readonly PlannedVisit[] | null;
  readonly error: unknown;
  /** They are not of what is there now: it is being asked, or it has mistakes. */
  readonly old: boolean;
}

/** Typing goes on for so long before the planner is asked: it is a process of its own. */
const rest_ms = 500;

/** Visits from the real planner; nothing is sent. `asked` is the body of the request as JSON; null asks nothing. */
export function usePlanned(asked: string | null): Planned {
  const [planned, setPlanned] = useState<{
    of: string | null;
    visits: readonly PlannedVisit[] | null;
    error: unknown;
  }>({ of: null, visits: null, error: null });
  useEffect(() => {
    if (asked === null || asked === planned.of) return;
    let left = false;
    const timer = setTimeout(
      () => {
        post('/api/plan', JSON.parse(asked)).then(
          (told) => {
            if (!left) setPlanned({ of: asked, visits: answer.parse(told).visits, error: null });
          },
          (error) => {
            if (!left) setPlanned((before) => ({ ...before, of: asked, error }));
          },
        );
      },
      planned.of === null ? 0 : rest_ms,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [asked]);
  const { of, visits, error } = planned;
  return { visits, error, old: of !== asked };
}
