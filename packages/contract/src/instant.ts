import * as z from 'zod/mini';
import type { Complaint } from './complaint.ts';

const schema = z.iso.datetime({ offset: true });

/** A moment with its zone, in its normal form: UTC with milliseconds. */
export function instantText(label: string, text: string): { value: string } | Complaint {
  const ms = schema.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return { value: new Date(ms).toISOString() };
  return {
    code: 'instant_invalid',
    message: `${label} is no moment.`,
    remedy: 'Write it with its zone: 2026-05-01T12:00:00Z or 2026-05-01T14:00:00+02:00.',
  };
}
