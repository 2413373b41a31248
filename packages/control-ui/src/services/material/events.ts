import {
  type CustomEvent,
  type EventsFile,
  eventLists,
  type Problem,
  readEvents,
} from '@trafficinator/contract';
import type {
  DocumentBody,
  EventDistribution,
  EventListName,
  EventsAnswer,
} from '@trafficinator/contract/rest';
import type { BuiltInMaterial } from '../../ports/built-in-material.ts';
import type { Document } from '../../ports/store/material.ts';
import type { Actor } from '../audit-trail.ts';
import { verdictOf } from '../settings-service.ts';
import { shownProblems } from '../shown-problems.ts';
import { documentRefusal, textOf } from './document-mistakes.ts';
import { numbersOf } from './event-distribution.ts';
import type { KeptDocuments } from './kept-documents.ts';

type BuiltIn = Awaited<ReturnType<BuiltInMaterial['events']>>;
const nothing: EventsFile = {
  click_events: null,
  random_events: null,
  click_events_probability: null,
  random_events_probability: null,
};

/** The events that visits send: own ones in place of the built-in ones. */
export class Events {
  readonly #kept: KeptDocuments;
  readonly #builtIn: BuiltInMaterial;

  constructor(kept: KeptDocuments, builtIn: BuiltInMaterial) {
    this.#kept = kept;
    this.#builtIn = builtIn;
  }

  async get(): Promise<EventsAnswer> {
    return this.#answer(await this.#kept.get('events'));
  }

  /** What a file would be; nothing is kept. */
  async judge(body: DocumentBody) {
    const { events, problems } = readEvents(textOf(body).text, 'events');
    const distribution =
      events === null ? null : distributionOf(events, await this.#builtIn.events());
    return { ...verdictOf(problems), distribution };
  }

  /** @throws Refusal with all mistakes; then nothing was changed. */
  async save(body: DocumentBody, version: number | null, actor: Actor): Promise<EventsAnswer> {
    const { text, root } = textOf(body);
    judged(text, (found) => documentRefusal(found, root));
    return this.#answer(await this.#kept.put('events', text, version, actor));
  }

  clear(version: number | null, actor: Actor): Promise<void> {
    return this.#kept.clear('events', version, actor);
  }

  /** One of the lists as it is in force. */
  async list(name: EventListName): Promise<{
    readonly from: 'own' | 'built_in';
    readonly events: readonly CustomEvent[];
    readonly version: number;
  }> {
    const document = await this.#kept.get('events');
    const own = readOf(document)[name];
    const events = own ?? (await this.#builtIn.events())[name];
    return { from: own === null ? 'built_in' : 'own', events, version: document?.version ?? 0 };
  }

  /** Changes one list; one that was the built-in one is the user's own from then on. */
  editList(
    name: EventListName,
    version: number | null,
    actor: Actor,
    change: (events: readonly CustomEvent[]) => readonly unknown[],
    refusal: (problems: readonly Problem[]) => Error,
  ): Promise<Document> {
    return this.#kept.edit('events', version, actor, async (before) => {
      if (before !== null) judged(before.content, unusable);
      const file = readOf(before);
      const changed = change(file[name] ?? (await this.#builtIn.events())[name]);
      const given = Object.entries({ ...file, [name]: changed }).filter(
        ([, value]) => value !== null,
      );
      const text = `${JSON.stringify(Object.fromEntries(given), null, 2)}\n`;
      judged(text, refusal);
      return text;
    });
  }

  async #answer(document: Document | null): Promise<EventsAnswer> {
    const built = await this.#builtIn.events();
    const file = readOf(document);
    const problems = document === null ? [] : readEvents(document.content, 'events').problems;
    return {
      source: document === null ? 'default' : 'custom',
      version: document?.version ?? 0,
      updated_at: document?.updated_at ?? null,
      config: {
        ...file,
        click_events: [...(file.click_events ?? built.click_events)],
        random_events: [...(file.random_events ?? built.random_events)],
      },
      content: document?.content ?? null,
      built_in: {
        click_events: [...built.click_events],
        random_events: [...built.random_events],
      },
      valid: problems.every(({ severity }) => severity !== 'error'),
      problems: shownProblems(problems),
      distribution: distributionOf(file, built),
    };
  }
}

/** A file that cannot be used any more says nothing: loaders refuse it, and `problems` tells why. */
function readOf(document: Document | null): EventsFile {
  if (document === null) return nothing;
  return readEvents(document.content, 'events').events ?? nothing;
}

/** Whoever changed one event of it would lose the others. */
const unusable = (problems: readonly Problem[]): Error =>
  documentRefusal(
    problems,
    '',
    'The kept events cannot be read any more; replace them as a whole.',
  );

function judged(text: string, refusal: (problems: readonly Problem[]) => Error): void {
  const { problems } = readEvents(text, 'events');
  if (problems.some(({ severity }) => severity === 'error')) throw refusal(problems);
}

function distributionOf(file: EventsFile, built: BuiltIn): EventDistribution {
  const [click_events, random_events] = eventLists.map((name) =>
    numbersOf(file[name] ?? built[name], file[name] === null ? 'built_in' : 'own'),
  ) as [EventDistribution['click_events'], EventDistribution['random_events']];
  return { click_events, random_events };
}
