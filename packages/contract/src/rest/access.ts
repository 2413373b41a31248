import { z } from 'zod';
import { pageOf, pageQuery } from './common.ts';

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

/** GET /api/audit: the newest first. */
export const auditQuery = pageQuery;
export const auditAnswer = pageOf(auditEntry);

/** PUT /api/preferences: what a page remembers for whoever has this key. */
export const preferencesBody = z.strictObject({
  values: z.record(z.string().max(100), z.unknown()),
});
export const preferencesAnswer = z.object({
  values: z.record(z.string(), z.unknown()),
  version: z.int().nonnegative(),
});
