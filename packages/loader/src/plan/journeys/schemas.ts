import { z } from 'zod';

/** Schemas of what plugins say, with the limits of Matomo. */

export const longestText = 1_024;
export const mostMoney_minor = 1_000_000_000;

export const line = (longest = longestText) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'has a control character' })
    .refine((text) => text.isWellFormed(), { error: 'has half a character' });
/** PHP takes `0` for empty, and so does Matomo. */
const word = (longest?: number) =>
  line(longest).refine((text) => text !== '0', { error: 'is 0, which Matomo takes for empty' });
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((it) => it ?? null);
const money = z.int().min(0).max(mostMoney_minor);

/** An address as somebody writes it. */
export const address = line();

export const page = z.object({ url: line(), title: line() });

export const product = z.object({
  sku: word(100),
  name: line(255),
  category: line(255),
  price_minor: money,
});

export const search = z.object({
  keyword: word(),
  category: maybe(line(200)),
  results: maybe(z.int().min(0).max(1_000_000)),
});

export const event = z.object({
  category: word(),
  action: word(),
  name: maybe(line()),
  value: maybe(z.number().min(-1e9).max(1e9)),
});

export const content = z.object({
  name: word(),
  piece: maybe(line()),
  target: maybe(line()),
  interaction: maybe(word()),
});

export const lines = z
  .array(
    z.object({
      product,
      quantity: z.int().min(1).max(1_000).default(1),
      price_minor: money.optional(),
    }),
  )
  .min(1)
  .max(100);

export const orderFacts = z.object({
  tax_minor: money.optional(),
  shipping_minor: money.optional(),
  discount_minor: money.optional(),
});

export const goal = z.object({
  goal: z.int().min(1).max(2_147_483_647),
  revenue_minor: maybe(money),
});

export const dimension = z.object({
  id: z.int().min(1).max(999),
  value: z.union([z.null(), line(250)]),
});

export type PageWords = z.output<typeof page>;
export type ProductWords = z.output<typeof product>;
export type SearchWords = z.output<typeof search>;
export type EventWords = z.output<typeof event>;
export type ContentWords = z.output<typeof content>;
export type LineWords = z.output<typeof lines>[number];
export type OrderWords = z.output<typeof orderFacts>;
export type GoalWords = z.output<typeof goal>;
export type DimensionWords = z.output<typeof dimension>;
