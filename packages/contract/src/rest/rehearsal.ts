import { z } from 'zod';

/** GET /api/rehearsal: the built-in stand-in Matomo. */
export const rehearsalAnswer = z.object({
  /** It can be had here. */
  offered: z.boolean(),
  /** All that is sent goes to it. */
  is_target: z.boolean(),
});
export type RehearsalState = z.infer<typeof rehearsalAnswer>;

/** POST /api/rehearsal */
export const rehearsalBegun = z.object({
  message: z.string(),
  /** Of its tracker. */
  url: z.string(),
});
