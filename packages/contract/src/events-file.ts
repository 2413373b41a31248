import * as z from 'zod/mini';
import { jsonOf, type Mistake, mistakesOf, onOneLine } from './file-mistake.ts';
import { amount, line, orNull } from './forms.ts';
import { type Problem, problem } from './problem.ts';

const text = line(1_024);

const event = z.strictObject({
  category: text,
  action: text,
  name: orNull(text),
  value: orNull(z.number().check(z.minimum(0))),
  /** How often it occurs relative to the others of its list. */
  weight: z._default(amount(0, 1_000_000), 1),
});

const share = orNull(amount(0, 1));
const list = orNull(z.array(event));

/** Own events in place of the built-in ones; null: the built-in ones stay. */
export const eventsSchema = z.strictObject({
  click_events: list,
  random_events: list,
  click_events_probability: share,
  random_events_probability: share,
});
export type CustomEvent = z.output<typeof event>;
export type EventsFile = z.output<typeof eventsSchema>;

/** The lists that an events file has. */
export const eventLists = ['click_events', 'random_events'] as const;
const remedy = 'Correct the file; docs/funnels.md has its fields and an example.';

/** Reads an events file; `events` is null when it cannot be used. All mistakes are told at once. */
export function readEvents(
  content: string,
  path: string,
): { readonly events: EventsFile | null; readonly problems: readonly Problem[] } {
  const source = `file ${path}`;
  const refused = (message: string, ...place: string[]): Problem =>
    problem('events_unusable', { fields: ['events_file', ...place], source, message, remedy });
  const json = jsonOf(content);
  if ('why' in json) return { events: null, problems: [refused(`The events file ${json.why}.`)] };
  const read = eventsSchema.safeParse(json.value);
  if (read.data === undefined) {
    const known = [...Object.keys(eventsSchema.shape), ...Object.keys(event.shape)];
    const problems = mistakesOf(read.error, json.value, known).map((found) =>
      refused(onOneLine(`${sentence(found)}.`), found.path.map(String).join('.')),
    );
    return { events: null, problems };
  }
  const events = read.data;
  const weightless = eventLists.filter((name) => {
    const given = events[name];
    return given !== null && given.length > 0 && given.every(({ weight }) => weight === 0);
  });
  if (weightless.length > 0) {
    const problems = weightless.map((name) =>
      refused(`In the events file all events of ${name} have weight 0.`, name),
    );
    return { events: null, problems };
  }
  const problems = eventLists
    .filter((name) => events[name]?.length === 0)
    .map((name) =>
      problem('events_list_empty', {
        fields: ['events_file', name],
        source,
        message: `The list ${name} of the events file is empty, so there are none of these events.`,
        remedy: 'Leave the list out for the built-in events.',
      }),
    );
  return { events, problems };
}

/** `Event 3 of click_events: action is missing`. */
function sentence({ path, text: what }: Mistake): string {
  const [name, position, ...rest] = path;
  if (name === undefined) return `The events file ${what}`;
  if (position === undefined) return `In the events file ${String(name)} ${what}`;
  const place = `Event ${Number(position) + 1} of ${String(name)}`;
  return rest.length === 0 ? `${place} ${what}` : `${place}: ${rest.map(String).join('.')} ${what}`;
}
