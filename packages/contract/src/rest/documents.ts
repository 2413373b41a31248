import { z } from 'zod';
import { eventLists } from '../events-file.ts';
import { digits, foundProblem, verdict } from './common.ts';

const count = z.int().nonnegative();

/** The text of a file, or its JSON value: one of them. */
export const documentBody = z.strictObject({
  content: z
    .string()
    .max(512 * 1024)
    .optional(),
  config: z.unknown().optional(),
});
export type DocumentBody = z.output<typeof documentBody>;

/** GET /api/journeys, /api/campaigns */
export const documentAnswer = z.object({
  source: z.enum(['custom', 'default']),
  /** 0: there is none, the built-in ones apply. */
  version: count,
  updated_at: z.iso.datetime().nullable(),
  content: z.string().nullable(),
  valid: z.boolean(),
  problems: z.array(foundProblem),
});
export type DocumentAnswer = z.output<typeof documentAnswer>;

export type EventListName = (typeof eventLists)[number];

const listNumbers = z.object({
  count,
  /** own: of the file. built_in: the file says nothing of this list. */
  from: z.enum(['own', 'built_in']),
  /** The 50 most frequent; share within the list. */
  categories: z.array(z.object({ category: z.string(), events: count, share: z.number() })),
});
const distribution = z.object({ click_events: listNumbers, random_events: listNumbers });
export type EventDistribution = z.output<typeof distribution>;

const event = z.object({
  category: z.string(),
  action: z.string(),
  name: z.string().nullable(),
  value: z.number().nullable(),
  weight: z.number(),
});

/** GET /api/events */
export const eventsAnswer = z.object({
  source: z.enum(['custom', 'default']),
  version: count,
  updated_at: z.iso.datetime().nullable(),
  /** In the file's format; lists that the file leaves out are the built-in ones. */
  config: z.object({
    click_events: z.array(event),
    random_events: z.array(event),
    click_events_probability: z.number().nullable(),
    random_events_probability: z.number().nullable(),
  }),
  /** The file as it was written; null: there is none. */
  content: z.string().nullable(),
  /** What applies where the file says nothing of a list. */
  built_in: z.object({ click_events: z.array(event), random_events: z.array(event) }),
  valid: z.boolean(),
  problems: z.array(foundProblem),
  distribution,
});
export type EventsAnswer = z.output<typeof eventsAnswer>;
export const eventsVerdict = verdict.extend({ distribution: distribution.nullable() });

export const eventListParams = z.object({ list: z.enum(eventLists) });
export const eventParams = eventListParams.extend({ position: digits(0, 1_000_000) });
/** One event in the file's format. */
export const eventBody = z.record(z.string().max(100), z.unknown());
const eventItem = event.extend({ position: count });
export const eventAnswer = eventItem.extend({
  /** Of the whole document: what If-Match takes. */
  version: count,
});
export const eventListAnswer = z.object({
  from: z.enum(['own', 'built_in']),
  items: z.array(eventItem),
  next: z.string().nullable(),
  total: count,
  version: count,
});
