import { z } from 'zod';

/** POST /api/session: the key is entered once. */
export const sessionBody = z.strictObject({ key: z.string().min(1).max(200) });
export const sessionAnswer = z.object({
  /** Name of the key. */
  name: z.string(),
  role: z.enum(['viewer', 'operator']),
  expires_at: z.iso.datetime().nullable(),
});

export const auditEntry = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  address: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: z.record(z.string(), z.unknown()),
});

export const preferencesBody = z.record(z.string().max(100), z.unknown());
export const preferencesAnswer = z.object({ values: z.unknown(), version: z.int().nonnegative() });
