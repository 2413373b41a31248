import { DateTime } from 'luxon';
import { z } from 'zod';

const flag = z.union([z.literal(0), z.literal(1)]);

const goalSchema = z.strictObject({
  idgoal: z.int().positive(),
  name: z.string().min(1),
  match_attribute: z
    .enum([
      'manually',
      'url',
      'title',
      'file',
      'external_website',
      'event_category',
      'event_action',
      'event_name',
    ])
    .default('manually'),
  pattern: z.string().default(''),
  pattern_type: z.enum(['contains', 'exact', 'regex']).default('contains'),
  case_sensitive: flag.default(0),
  allow_multiple: flag.default(0),
  revenue: z.number().min(0).default(0),
});

const customDimensionSchema = z.strictObject({
  idcustomdimension: z.int().positive(),
  scope: z.enum(['visit', 'action']),
  name: z.string().min(1),
});

const zone = z
  .string()
  .refine((name) => DateTime.utc().setZone(name).isValid, { error: 'is not a known timezone' });

const siteSchema = z.strictObject({
  name: z.string().min(1),
  main_url: z.url(),
  timezone: zone.default('UTC'),
  currency: z.string().length(3).default('EUR'),
  ecommerce: flag.default(1),
  sitesearch: flag.default(1),
  goals: z.array(goalSchema).default([]),
  custom_dimensions: z.array(customDimensionSchema).default([]),
});

/** Sites by their id, as a sites file or `startFakeMatomo({ sites })` gives them. */
export const sitesSchema = z
  .record(z.string(), siteSchema)
  .refine((sites) => Object.keys(sites).length > 0, { error: 'at least one site is needed' })
  .refine((sites) => Object.keys(sites).every((id) => /^[1-9]\d*$/.test(id)), {
    error: 'a site id is a positive whole number',
  });

export type SitesInput = z.input<typeof sitesSchema>;
export type Goal = z.output<typeof goalSchema>;
export type Site = z.output<typeof siteSchema> & { readonly id: number };

/** Parses sites keyed by id. @throws z.ZodError when the input is not of that shape. */
export function parseSites(input: unknown): Map<number, Site> {
  const sites = new Map<number, Site>();
  for (const [id, site] of Object.entries(sitesSchema.parse(input))) {
    sites.set(Number(id), { ...site, id: Number(id) });
  }
  return sites;
}
