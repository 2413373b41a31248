import { useEffect, useState } from 'preact/hooks';
import { type PlannedVisit, planned as plan } from '../../parts/planned/planned.ts';

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
        plan(JSON.parse(asked)).then(
          (visits) => {
            if (!left) setPlanned({ of: asked, visits, error: null });
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
