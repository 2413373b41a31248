import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sitesSchema } from '../src/sites/site.ts';

const scalar = z.union([z.string(), z.number(), z.null()]);

const vectorSchema = z.object({
  name: z.string(),
  site: z.number(),
  hits: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  answer: z.object({
    status: z.number(),
    body: z.object({
      status: z.string(),
      tracked: z.number(),
      invalid: z.number(),
      invalid_indices: z.array(z.number()),
    }),
  }),
  days: z.record(z.string(), z.record(z.string(), z.unknown())),
  visits: z.array(
    z.object({ actionDetails: z.array(z.record(z.string(), scalar)) }).catchall(scalar),
  ),
});

const fileSchema = z.object({
  default_ua: z.string(),
  sites: sitesSchema,
  api_samples: z.array(
    z.object({
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      status: z.number(),
      content_type: z.string(),
      body: z.unknown(),
    }),
  ),
  vectors: z.array(vectorSchema),
});

export type Vector = z.output<typeof vectorSchema>;

/** What a real Matomo answered and recorded, hit by hit. */
export const recorded = fileSchema.parse(
  JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')),
);
