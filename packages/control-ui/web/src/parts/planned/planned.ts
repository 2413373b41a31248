import { post } from '../../api/client.ts';

/** A hit of a planned visit; `params` are those it is sent with. */
export interface PlannedHit {
  readonly kind: string;
  readonly offset_ms: number;
  /** The step of a funnel that it belongs to, from 1. */
  readonly step?: number;
  readonly params: Readonly<Record<string, string>>;
}

/** A visit as the planner made it. */
export interface PlannedVisit {
  readonly visit: number;
  readonly device: string;
  readonly country: string;
  readonly journey?: string;
  readonly negative?: string;
  readonly hits: readonly PlannedHit[];
}

interface Wanted {
  readonly visits: number;
  readonly from: number;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly events?: unknown;
  readonly urls?: string;
}

/** Visits as the loader would send them, with the saved settings where nothing else is said; nothing is sent. */
export async function planned(wanted: Wanted): Promise<readonly PlannedVisit[]> {
  const { visits } = await post<{ visits: readonly PlannedVisit[] }>('/api/plan', wanted);
  return visits;
}
