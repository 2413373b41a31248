import { defaultSettings, eventLists } from '@trafficinator/contract';
import type { EventListName } from '@trafficinator/contract/rest';
import { status } from '../../api/live.ts';
import { builtIn } from './events-draft.ts';
import { asWritten, listOf, rootOf } from './events-text.ts';
import type { ShownList } from './lists.tsx';

/** The share of visits that the settings ask for, and whether nobody set it. */
export function settingOf(name: EventListName): {
  readonly value: number;
  readonly is_default: boolean;
} {
  const usual = defaultSettings[`${name}_probability`];
  const value = Number(status.value?.settings[`${name}_probability`] ?? usual);
  return { value, is_default: value === usual };
}

/** Both lists as the text has them; null: the text is no form. */
export function shownLists(text: string): ShownList[] | null {
  const root = rootOf(text);
  if (root === null) return null;
  const lists = eventLists.map((name): ShownList | null => {
    const own = listOf(root, name);
    if (own === undefined) return null;
    const { value, is_default } = settingOf(name);
    const given = root[`${name}_probability`];
    return {
      name,
      rows: own ?? asWritten(builtIn.value[name]),
      built_in: own === null,
      share: is_default && typeof given === 'number' ? given : value,
    };
  });
  return lists.includes(null) ? null : (lists as ShownList[]);
}
