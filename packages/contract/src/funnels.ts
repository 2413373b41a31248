import { z } from 'zod';
import { funnelContradictions } from './funnel-rules.ts';
import { funnelStep } from './funnel-step.ts';

const plainText = z
  .string()
  .trim()
  .refine((text) => !/\p{Cc}/u.test(text), { error: 'has a control character' });

/** A funnel by its fields; `funnelSchema` has the rules across them as well. */
export const funnelShape = z.strictObject({
  name: plainText.min(1).max(100),
  description: z.string().max(500).nullable().default(null),
  /** Share of the visits that no funnel before it took. */
  probability: z.number().min(0).max(1),
  /** Lower ones are tried first. */
  priority: z.int().min(0).default(0),
  enabled: z.boolean().default(true),
  /** false: the visitor goes on browsing in the same visit. */
  exit_after_completion: z.boolean().default(true),
  steps: z.array(funnelStep).min(1),
});

/** A funnel: an exact sequence of steps that a share of the visits takes. */
export const funnelSchema = funnelShape.superRefine((funnel, context) => {
  for (const { path, text } of funnelContradictions(funnel)) {
    context.addIssue({ code: 'custom', path: [...path], message: text });
  }
});
export type Funnel = z.output<typeof funnelShape>;
