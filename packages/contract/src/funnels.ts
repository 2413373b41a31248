import * as z from 'zod/mini';
import { amount, onByDefault, onOneLine, orNull } from './forms.ts';
import { funnelContradictions } from './funnel-rules.ts';
import { funnelStep } from './funnel-step.ts';

/** A funnel by its fields; `funnelSchema` has the rules across them as well. */
export const funnelShape = z.strictObject({
  name: z.string().check(z.trim(), onOneLine, z.minLength(1), z.maxLength(100)),
  description: orNull(z.string().check(z.maxLength(500))),
  /** Share of the visits that no funnel before it took. */
  probability: amount(0, 1),
  /** Lower ones are tried first. */
  priority: z._default(z.int().check(z.minimum(0)), 0),
  enabled: onByDefault(),
  /** false: the visitor goes on browsing in the same visit. */
  exit_after_completion: onByDefault(),
  steps: z.array(funnelStep).check(z.minLength(1)),
});

/** A funnel: an exact sequence of steps that a share of the visits takes. */
export const funnelSchema = funnelShape.check(
  z.check(({ value, issues }) => {
    for (const { path, text } of funnelContradictions(value)) {
      issues.push({ code: 'custom', path: [...path], message: text, input: value });
    }
  }),
);
export type Funnel = z.output<typeof funnelShape>;
