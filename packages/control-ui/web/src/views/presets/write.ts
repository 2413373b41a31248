import { ask, get } from '../../api/client.ts';
import type { OwnPreset } from '../../api/presets.ts';
import { askWhichCounts, isConflict, rowsBetween } from '../../parts/conflict.tsx';
import type { Described } from '../settings/described.ts';
import { shownValue } from '../settings/value-text.ts';

export type List = Readonly<Record<string, Described>>;
type Version = Pick<OwnPreset, 'name' | 'description' | 'settings'>;

/** A change of a preset. */
export interface Write {
  readonly own: OwnPreset;
  readonly list: List;
  /** What it looks like afterwards; null: it is gone. */
  readonly mine: Version | null;
  /** Sends it against the version that is there. */
  readonly send: (id: number, if_match: string) => Promise<unknown>;
  readonly onDone: () => void;
  /** The other version was chosen. */
  readonly onLeft: () => void;
}

/**
 * Changes a preset. Where somebody else changed it meanwhile, both versions are shown, and one of them is chosen.
 * @throws Problem for everything else that goes wrong.
 */
export async function writePreset(write: Write): Promise<void> {
  const { own, list, mine, send } = write;
  try {
    await send(own.id, `"${own.version}"`);
    write.onDone();
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    const theirs = await get<OwnPreset>(`/api/presets/${own.id}`);
    askWhichCounts({
      title: `“${own.name}” was changed meanwhile`,
      rows: rowsBetween(
        textsOf(own, list),
        textsOf(theirs, list),
        mine === null ? null : textsOf(mine, list),
      ),
      verb: mine === null ? 'Delete it all the same' : 'Keep mine',
      busy: mine === null ? 'Deleting…' : 'Saving…',
      danger: mine === null,
      act: () => writePreset({ ...write, own: theirs }),
      leave: write.onLeft,
    });
  }
}

export const renamed = (own: OwnPreset, name: string, description: string | null) => ({
  mine: { ...own, name, description: description ?? '' },
  send: (id: number, if_match: string) =>
    ask('PUT', `/api/presets/${id}`, { body: { name, description }, if_match }),
});

export const deleted = {
  mine: null,
  send: (id: number, if_match: string) => ask('DELETE', `/api/presets/${id}`, { if_match }),
};

/** It takes over the settings as they are saved now. */
export const updated = (own: OwnPreset, saved: Version['settings']) => ({
  mine: { ...own, settings: saved },
  send: (id: number, if_match: string) =>
    ask('PUT', `/api/presets/${id}`, { body: { from: 'saved' }, if_match }),
});

function textsOf({ name, description, settings }: Version, list: List): Map<string, string> {
  const texts = Object.values(list).map((setting): [string, string] => [
    setting.label,
    shownValue(setting, settings[setting.name] ?? setting.default),
  ]);
  return new Map([['Name', name], ['What it is for', description || '–'], ...texts]);
}
