import { backfills } from '../../api/live.ts';
import { session, signOut } from '../../api/session.ts';
import { goAndDo } from '../intent.ts';
import { capsOf } from '../key-names.ts';
import { boundKeys } from '../keys.ts';
import { loaderActs } from '../loader-acts.ts';
import { go } from '../router.ts';
import { openSheet } from '../shortcuts.tsx';
import { theme } from '../theme.ts';
import { views } from '../views.ts';
import type { Command } from './command.ts';

const asks = 'asks first';

/** Everything that can be done now, without asking the service: what cannot be done is not offered. */
export function commandsNow(): readonly Command[] {
  return [...loaderCommands(), ...workCommands(), ...pageCommands(), ...viewCommands()];
}

function loaderCommands(): Command[] {
  const acts = loaderActs();
  const all = [
    ['start', 'Start the loader…', ['s']],
    ['stop', 'Stop the loader…', ['s']],
    ['restart', 'Restart the loader…', ['r']],
  ] as const;
  return all.flatMap(([verb, title, caps]) => {
    const act = acts[verb];
    if (act === null) return [];
    return [{ id: `loader:${verb}`, group: 'Commands', title, about: asks, caps, act }];
  });
}

function workCommands(): Command[] {
  const who = session.value;
  if (who.state !== 'in' || who.role !== 'operator') return [];
  const underWay = backfills.value?.runs.filter(({ state }) => state === 'running') ?? [];
  return [
    {
      id: 'backfill:new',
      group: 'Commands',
      title: 'Plan a new backfill',
      about: 'choose days of the past',
      act: () => go('/backfill'),
    },
    {
      id: 'targets:test',
      group: 'Commands',
      title: 'Test all targets',
      about: 'sends one marked visit to each',
      words: 'connection',
      act: () => goAndDo('targets', '/targets', { act: 'test_targets' }),
    },
    ...underWay.map(
      ({ id, name }): Command => ({
        id: `backfill:${id}`,
        group: 'Commands',
        title: `Open the backfill ${name ?? id}`,
        about: 'under way',
        act: () => go(`/backfill/${id}`),
      }),
    ),
  ];
}

const themeTexts = { system: 'as the system', light: 'light', dark: 'dark' } as const;

function pageCommands(): Command[] {
  const others = (['system', 'light', 'dark'] as const).filter((each) => each !== theme.value);
  return [
    ...viewKeys(),
    ...others.map(
      (each): Command => ({
        id: `theme:${each}`,
        group: 'Commands',
        title: `Theme: ${themeTexts[each]}`,
        about: 'of this page',
        words: 'colours mode',
        act: () => theme.set(each),
      }),
    ),
    {
      id: 'keys',
      group: 'Commands',
      title: 'Show the keys',
      about: 'of this view and of every view',
      words: 'shortcuts keyboard help',
      caps: ['?'],
      act: openSheet,
    },
    {
      id: 'sign-out',
      group: 'Commands',
      title: 'Sign out',
      about: 'the key is asked for again',
      words: 'log out leave',
      act: () => void signOut(),
    },
  ];
}

/** What the view in sight does by keys that are worth finding by name. */
function viewKeys(): Command[] {
  const worth = ['f', 'n', '0', 'c', 'Mod+z', 'Mod+Enter'];
  return boundKeys.value
    .filter(({ key }) => worth.includes(key))
    .map(({ key, text, part, act }) => ({
      id: `key:${part}:${key}`,
      group: 'Commands',
      title: text,
      about: part.toLowerCase(),
      caps: capsOf(key),
      act: () => void act(new KeyboardEvent('keydown')),
    }));
}

function viewCommands(): Command[] {
  return views.map(({ name, title, group, key }) => ({
    id: `view:${name}`,
    group: 'Go to',
    title,
    about: group.toLowerCase(),
    caps: ['g', key],
    act: () => go(`/${name}`),
  }));
}
