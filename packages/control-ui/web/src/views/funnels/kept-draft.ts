import * as z from 'zod/mini';
import type { FunnelRow } from '../../api/funnels.ts';
import { type Draft, newStep } from './draft.ts';

const fields = z.record(z.string(), z.unknown());
const kept = z.object({
  row: z.nullable(z.looseObject({ id: z.number(), version: z.number(), funnel: fields })),
  fields,
  steps: z.array(fields),
});
const place = (key: string): string => `funnel-draft:${key}`;

interface Kept {
  readonly key: string;
  readonly row: FunnelRow | null;
  readonly draft: Draft;
}

/** What was typed before the page was loaded anew or another funnel was looked at. */
export function keptDraft(key: string): Kept | null {
  try {
    const text = sessionStorage.getItem(place(key));
    if (text === null) return null;
    const { row, fields: own, steps } = kept.parse(JSON.parse(text));
    return {
      key,
      row: row as FunnelRow | null,
      draft: { fields: own, steps: steps.map(newStep) },
    };
  } catch {
    return null;
  }
}

/** Keeps a draft over a reload, in this tab only. */
export function keepDraft({ key, row, draft }: Kept): void {
  try {
    const steps = draft.steps.map((step) => step.fields);
    const text = JSON.stringify({ row, fields: draft.fields, steps });
    sessionStorage.setItem(place(key), text);
  } catch {
    // Private windows may not keep anything.
  }
}

export function forgetDraft(key: string): void {
  try {
    sessionStorage.removeItem(place(key));
  } catch {
    // The same.
  }
}

export const hasDraft = (key: string): boolean => keptDraft(key) !== null;
