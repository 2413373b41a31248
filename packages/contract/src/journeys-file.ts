import * as z from 'zod/mini';
import { jsonOf, type Mistake, mistakesOf, onOneLine, valueAt } from './file-mistake.ts';
import { amount, line, orNull, whole } from './forms.ts';
import { journeyName } from './journeys.ts';
import { type Problem, problem } from './problem.ts';
import { heaviest } from './weights.ts';

/** Matomo keeps so many characters of a URL, a title or a name. */
const longestText = 1_024;
/** Matomo counts a new visit after 1,800 s without an action. */
const longestDwell_seconds = 1_799;

const text = line(longestText);
const weight = amount(0, heaviest);
const share = amount(0, 1);
const pages = whole(2, 100);
const dwell = amount(0, longestDwell_seconds);
const address = text.check(
  z.refine((written) => URL.canParse(written, 'https://site.invalid/'), {
    error: 'is no address',
  }),
);
/** Values by name; the message is that of a name which cannot be one. */
const byName = <V extends z.ZodMiniType>(name: typeof text, value: V) =>
  z.record(name, value, { error: 'Invalid key in record' });
const weightsBy = (name: typeof text) =>
  byName(name, weight).check(
    z.refine((all) => Object.values(all).some((each) => each > 0), {
      error: 'has no weight above 0',
    }),
  );

const entry = z
  .strictObject({
    /** Address of a page; relative ones are pages of the site. */
    page: z.optional(address),
    section: z.optional(text),
    weight: z._default(weight, 1),
  })
  .check(
    z.refine((each) => (each.page === undefined) !== (each.section === undefined), {
      error: 'needs either a page or a section',
    }),
  );

/** Shares are of the visits that do not bounce, unless another one is named. */
const parameters = {
  /** Where visits begin; left out: anywhere, as the sections weigh. */
  entries: z.array(entry).check(z.minLength(1)),
  /** Share of all its visits with one page only. */
  bounce_share: share,
  /** Pages that a visit which does not bounce sees, products aside. */
  pages_min: pages,
  pages_max: pages,
  /** Share that leaves after each page from the second on. */
  exit_share: share,
  dwell_seconds_min: dwell,
  dwell_seconds_max: dwell,
  search_share: share,
  event_share: share,
  download_share: share,
  outlink_share: share,
  /** Share that looks at products. */
  product_share: share,
  products_max: whole(1, 20),
  /** Address of a product's page, with {sku} or {name}. */
  product_page: address,
  /** Of those who look at products, the share that puts one into the cart. */
  cart_share: share,
  /** Of those carts, the share that is ordered; the others are abandoned. */
  order_share: share,
  goals: z.array(
    z.strictObject({
      id: whole(1, 2_147_483_647),
      share,
      /** Left out: the revenue that the goal has in Matomo. */
      revenue: orNull(amount(0, 10_000_000)),
    }),
  ),
  /** `share` of all visits are shown it on their first page; of these `interaction_share` answer. */
  contents: z.array(
    z.strictObject({
      name: text,
      piece: orNull(text),
      target: orNull(text),
      share,
      interaction_share: z._default(share, 0),
    }),
  ),
  /** Custom dimensions: a value for each visit, drawn by weight. */
  dimensions: z.array(z.strictObject({ id: whole(1, 999), values: weightsBy(line(250)) })),
} as const;

const personas = ['researcher', 'buyer', 'casual'] as const;

const journey = z.strictObject({
  name: line(60).check(
    z.regex(journeyName, { error: 'may have letters, digits, blanks and . _ - only' }),
  ),
  weight: z.optional(weight),
  /** The persona whose parameters it has where it says nothing else. */
  like: z.optional(z.enum(personas, { error: `must be one of ${personas.join(', ')}` })),
  ...(Object.fromEntries(
    Object.entries(parameters).map(([name, schema]) => [name, z.optional(schema as z.ZodMiniType)]),
  ) as { [N in keyof typeof parameters]: z.ZodMiniOptional<(typeof parameters)[N]> }),
});

/** Journeys of the user's own. */
const journeysShape = z.strictObject({
  /** Zipf exponent of the pages of a section, in the order of the URL list: 0 is all alike. */
  popularity: z._default(amount(0, 5), 1),
  /** By name, the first segment of the pages' paths. */
  sections: z._default(
    byName(
      text,
      z.strictObject({ weight: z.optional(weight), leads_to: z.optional(weightsBy(text)) }),
    ),
    {},
  ),
  journeys: z._default(z.array(journey), []),
});
export type FileJourney = z.output<typeof journey>;
export type JourneysFile = z.output<typeof journeysShape>;

const remedy = 'Correct the file; docs/journeys.md has every field and an example.';

/** Reads a journeys file; `file` is null when it cannot be used. All mistakes are told at once. */
export function readJourneys(
  content: string,
  path: string,
): { readonly file: JourneysFile | null; readonly problems: readonly Problem[] } {
  const refused = (message: string, place: readonly PropertyKey[] = []): Problem =>
    problem('journeys_file_unusable', {
      fields: ['journeys_file', ...(place.length === 0 ? [] : [place.map(String).join('.')])],
      source: `file ${path}`,
      message: onOneLine(message),
      remedy,
    });
  const json = jsonOf(content);
  if ('why' in json) return { file: null, problems: [refused(`The journeys file ${json.why}.`)] };
  const read = journeysShape.safeParse(json.value);
  const known = [...Object.keys(journeysShape.shape), ...Object.keys(journey.shape)];
  const mistakes =
    read.data === undefined
      ? mistakesOf(read.error, json.value, known)
      : read.data.journeys.flatMap((each, at) => contradictions(each, at, read.data.journeys));
  if (mistakes.length > 0 || read.data === undefined) {
    const problems = mistakes.map((found) => refused(sentence(found, json.value), found.path));
    return { file: null, problems };
  }
  return { file: read.data, problems: [] };
}

function contradictions(each: FileJourney, at: number, all: readonly FileJourney[]): Mistake[] {
  const path = (field: string) => ['journeys', at, field];
  const mistakes: Mistake[] = [];
  const first = all.findIndex(({ name }) => name === each.name);
  if (first < at) {
    mistakes.push({ path: path('name'), text: `is also the name of journey ${first + 1}` });
  }
  for (const [least, most] of [
    ['pages_min', 'pages_max'],
    ['dwell_seconds_min', 'dwell_seconds_max'],
  ] as const) {
    const [low, high] = [each[least], each[most]];
    if (low !== undefined && high !== undefined && low > high) {
      mistakes.push({ path: path(least), text: `is ${low}, above ${most} (${high})` });
    }
  }
  return mistakes;
}

/** `Journey 2 “bargain hunter”: cart_share is 2, but must be 1 or less.` */
function sentence({ path, text: what }: Mistake, root: unknown): string {
  const [list, at, ...rest] = path;
  if (list === undefined) return `The journeys file ${what}.`;
  if (list !== 'journeys' || at === undefined) {
    return `In the journeys file ${path.map(String).join('.')} ${what}.`;
  }
  const name = valueAt(root, ['journeys', at, 'name']);
  const title = typeof name === 'string' ? ` “${name.slice(0, 60)}”` : '';
  const place = `Journey ${Number(at) + 1}${title}`;
  return rest.length === 0
    ? `${place} ${what}.`
    : `${place}: ${rest.map(String).join('.')} ${what}.`;
}
