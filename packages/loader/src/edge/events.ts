import {
  type CustomEvent,
  defaultSettings,
  envNameOf,
  type Problem,
  problem,
  readEvents,
  type Settings,
} from '@trafficinator/contract';
import { type EventList, encoded, type OwnEvents } from '../plan/material/material.ts';
import { type FoundFile, findFile } from './text-file.ts';

const usualFile = '/app/data/events.json';

export type EventSettings = Pick<
  Settings,
  'events_file' | 'click_events_probability' | 'random_events_probability'
>;

export interface LoadedEvents {
  readonly events: OwnEvents | null;
  /** File they come from; null when there is none. */
  readonly source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads events that go in place of the built-in ones, and their shares where the settings say nothing else. */
export function loadEvents(settings: EventSettings): LoadedEvents {
  const named = settings.events_file;
  let found: FoundFile | null;
  try {
    found = findFile(named, usualFile);
  } catch (error) {
    return { events: null, source: named, problems: [unreadable(named ?? usualFile, error)] };
  }
  if (found === null) return { events: null, source: null, problems: [] };
  const { path, text } = found;
  const read = readEvents(text, path);
  if (read.events === null) return { events: null, source: path, problems: read.problems };
  const { click_events, random_events, ...shares } = read.events;
  const problems = [...read.problems];
  const shareOf = (name: ShareName) => usedShare(name, shares[name], settings, path, problems);
  const events = {
    click: listOf(click_events),
    random: listOf(random_events),
    click_probability: shareOf('click_events_probability'),
    random_probability: shareOf('random_events_probability'),
  };
  return { events, source: path, problems };
}

function listOf(events: readonly CustomEvent[] | null): EventList | null {
  if (events === null) return null;
  return {
    events: events.map(({ category, action, name, value }) => ({
      category: encoded(category),
      action: encoded(action),
      name: name === null ? null : encoded(name),
      value,
    })),
    weights: events.map(({ weight }) => weight),
  };
}

type ShareName = 'click_events_probability' | 'random_events_probability';

/** The file's share if the settings leave it at its default, else null: then the settings' counts. */
function usedShare(
  name: ShareName,
  share: number | null,
  settings: EventSettings,
  path: string,
  problems: Problem[],
): number | null {
  if (share === null || share === settings[name]) return null;
  const common = { fields: ['events_file', name], source: `file ${path}` };
  const variable = envNameOf(name);
  if (settings[name] === defaultSettings[name]) {
    problems.push(
      problem('events_share_from_file', {
        ...common,
        message: `${variable} is ${share}, as the events file says.`,
        remedy: `Another value of ${variable} goes before the file’s.`,
      }),
    );
    return share;
  }
  problems.push(
    problem('events_share_not_used', {
      ...common,
      message: `${variable} is ${settings[name]}, but the events file says ${share}; the setting counts.`,
      remedy: 'Take one of the two out.',
    }),
  );
  return null;
}

const unreadable = (path: string, error: unknown): Problem =>
  problem('events_unusable', {
    fields: ['events_file'],
    value: path,
    message: `The events file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    remedy: 'Correct EVENTS_FILE, or leave it out for the built-in events.',
  });
