import type { CustomEvent, Problem } from '@trafficinator/contract';
import type { EventListName } from '@trafficinator/contract/rest';
import { Refusal } from '../../refusal.ts';
import type { Actor } from '../audit-trail.ts';
import type { Events } from './events.ts';

type Written = Readonly<Record<string, unknown>>;
type Placed = CustomEvent & { readonly position: number; readonly version: number };

/** Events one by one; positions count from 0, and the version is that of the whole document. */
export class SingleEvents {
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  async page(list: EventListName, limit: number, cursor: string | null) {
    const { from, events, version } = await this.#events.list(list);
    const start = cursor === null ? 0 : Number(cursor);
    const first = Number.isSafeInteger(start) && start >= 0 ? start : events.length;
    const items = events
      .slice(first, first + limit)
      .map((event, at) => ({ ...event, position: first + at }));
    const next = first + limit < events.length ? String(first + limit) : null;
    return { from, items, next, total: events.length, version };
  }

  async get(list: EventListName, position: number): Promise<Placed> {
    const { events, version } = await this.#events.list(list);
    const found = events[position];
    if (found === undefined) throw missing(list, position);
    return { ...found, position, version };
  }

  async add(
    list: EventListName,
    event: Written,
    version: number | null,
    actor: Actor,
  ): Promise<Placed> {
    let position = 0;
    await this.#events.editList(
      list,
      version,
      actor,
      (events) => {
        position = events.length;
        return [...events, event];
      },
      (problems) => refusalFor(problems, list, position),
    );
    return this.get(list, position);
  }

  async replace(
    list: EventListName,
    position: number,
    event: Written,
    version: number | null,
    actor: Actor,
  ): Promise<Placed> {
    await this.#events.editList(
      list,
      version,
      actor,
      (events) => there(events, list, position).with(position, event),
      (problems) => refusalFor(problems, list, position),
    );
    return this.get(list, position);
  }

  async remove(
    list: EventListName,
    position: number,
    version: number | null,
    actor: Actor,
  ): Promise<void> {
    await this.#events.editList(
      list,
      version,
      actor,
      (events) => there(events, list, position).toSpliced(position, 1),
      (problems) => refusalFor(problems, list, position),
    );
  }
}

function there(
  events: readonly CustomEvent[],
  list: EventListName,
  position: number,
): readonly unknown[] {
  if (position >= events.length) throw missing(list, position);
  return events;
}

/** The event is the whole body, so its fields lie at the root. */
function refusalFor(problems: readonly Problem[], list: EventListName, position: number): Refusal {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const prefix = `${list}.${position}`;
  return new Refusal('request_invalid', {
    message: 'The event cannot be used; nothing was changed.',
    remedy: 'Mend what errors lists.',
    errors: errors.map(({ fields, code, severity, message, remedy }) => {
      const place = fields[1] ?? '';
      const field = place.startsWith(`${prefix}.`) ? place.slice(prefix.length + 1) : null;
      const pointer = field === null ? '' : `/${field.replaceAll('.', '/')}`;
      return { pointer, field, code, severity, message, remedy };
    }),
  });
}

const missing = (list: EventListName, position: number): Refusal =>
  new Refusal('nothing_here', {
    message: `There is no event ${position} in ${list}; positions count from 0.`,
    remedy: `GET /api/events/${list} lists them.`,
  });
