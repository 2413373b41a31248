import { z } from 'zod';
import { digits } from './common.ts';

const count = z.int().nonnegative();
export const longestUrls_bytes = 8 * 1024 * 1024;

/** PUT and POST /api/urls, POST /api/urls/validate: the text of a URL file. */
export const urlsBody = z.strictObject({ content: z.string().max(longestUrls_bytes) });

const lineProblem = z.object({
  severity: z.enum(['error', 'warning']),
  /** From 1; 0: the whole list. */
  line: count,
  message: z.string(),
  remedy: z.string(),
});

/** What a URL list holds, in numbers: its size does not grow with the list. */
export const urlsVerdict = z.object({
  valid: z.boolean(),
  url_count: count,
  line_count: count,
  /** Lines left out because an earlier one has the same URL. */
  duplicates: count,
  errors: count,
  warnings: count,
  /** The first 100 of them. */
  problems: z.array(lineProblem),
  structure: z.object({
    domains: count,
    /** First segments of the path. */
    categories: count,
    /** First two segments. */
    subcategories: count,
    /** The 50 largest. */
    largest: z.array(z.object({ name: z.string(), urls: count, subcategories: count })),
    /** All others together. */
    rest: z.object({ categories: count, urls: count }),
  }),
});
export type UrlsVerdict = z.output<typeof urlsVerdict>;

/** GET /api/urls */
export const urlsAnswer = urlsVerdict.extend({
  source: z.enum(['custom', 'default']),
  /** 0: the built-in list. */
  version: count,
  updated_at: z.iso.datetime().nullable(),
});
export type UrlsAnswer = z.output<typeof urlsAnswer>;

/** GET /api/urls/lines */
export const linesQuery = z.object({
  /** From 1. */
  from: digits(1, 100_000_000).prefault('1'),
  limit: digits(1, 500).prefault('100'),
});
export const linesAnswer = z.object({
  from: count,
  total: count,
  /** `cut`: it is longer than shown. */
  lines: z.array(z.object({ line: count, text: z.string(), cut: z.boolean() })),
});
