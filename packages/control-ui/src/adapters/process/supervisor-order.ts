import { z } from 'zod';

/** What a supervisor is told, as JSON in its only argument; there is no secret in it. */
export const orderSchema = z.strictObject({
  /** The instance's process folder. */
  folder: z.string(),
  /** The loader's program and its arguments. */
  entry: z.string(),
  command: z.array(z.string()),
  /** Number of the life before this one; 0: there was none. */
  after: z.int().nonnegative(),
  log_bytes: z.int().positive(),
});
export type SupervisorOrder = z.infer<typeof orderSchema>;

/** What a supervisor says once: its loader was started, or somebody else's is. */
export const announcementSchema = z.strictObject({ kind: z.enum(['started', 'taken']) });
export type Announcement = z.infer<typeof announcementSchema>;
