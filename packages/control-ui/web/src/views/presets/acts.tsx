import { envText } from '@trafficinator/contract';
import { useState } from 'preact/hooks';
import { ask, post } from '../../api/client.ts';
import type { OwnPreset, Preset } from '../../api/presets.ts';
import { titleOf } from '../../api/presets.ts';
import { setQuery } from '../../app/router.ts';
import { saveAs } from '../../format/save-as.ts';
import { confirm } from '../../parts/confirm.tsx';
import { toast } from '../../parts/toast.tsx';
import { editPreset, putPreset, tagOf } from './conflict.tsx';
import { Rename } from './rename.tsx';

/** What can be done with one preset, besides applying it. */
export function Acts(props: {
  readonly preset: Preset;
  readonly all: readonly Preset[];
  readonly may: boolean;
  readonly onChanged: () => void;
}) {
  const { preset, may, onChanged } = props;
  const [renaming, setRenaming] = useState(false);
  const { own } = preset;
  const duplicate = async () => {
    const name = freeName(`${titleOf(preset)} copy`, props.all);
    const made = await madeOf({ ...preset, name });
    onChanged();
    setQuery({ preset: String(made.id) });
    toast(`“${made.name}” is a copy now.`);
  };
  return (
    <>
      {may && own !== null && (
        <>
          <button type="button" class="btn" onClick={() => setRenaming(true)}>
            Rename…
          </button>
          <button type="button" class="btn" onClick={() => update(own, onChanged)}>
            Update…
          </button>
        </>
      )}
      {may && (
        <button
          type="button"
          class="btn"
          onClick={() =>
            confirm({
              title: `Duplicate ${titleOf(preset)}?`,
              effects: 'A preset of your own with the same settings is made, without tokens.',
              verb: 'Duplicate',
              busy: 'Duplicating…',
              act: duplicate,
            })
          }
        >
          Duplicate…
        </button>
      )}
      <button type="button" class="btn" onClick={() => saveJson(preset)}>
        Export JSON
      </button>
      <button
        type="button"
        class="btn"
        onClick={() => saveAs(`${preset.name}.env`, envText(titleOf(preset), preset.settings))}
      >
        Export .env
      </button>
      {may && own !== null && (
        <button type="button" class="btn danger" onClick={() => remove(own, onChanged)}>
          Delete…
        </button>
      )}
      {renaming && own !== null && (
        <Rename own={own} onClose={() => setRenaming(false)} onDone={onChanged} />
      )}
    </>
  );
}

function saveJson({ name, description, settings }: Preset): void {
  const open = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '***'));
  saveAs(`${name}.json`, `${JSON.stringify({ name, description, settings: open }, null, 2)}\n`);
}

function update(own: OwnPreset, onChanged: () => void): void {
  confirm({
    title: `Update ${own.name} from the saved settings?`,
    effects: 'It then holds the settings as they are saved now; what it held before is replaced.',
    verb: 'Update',
    busy: 'Updating…',
    act: async () => {
      await editPreset(own, { ...own, settings: null }, async (on) => {
        await putPreset(on, { from: 'saved' });
        onChanged();
        toast(`“${on.name}” holds the saved settings now.`);
      });
    },
  });
}

function remove(own: OwnPreset, onChanged: () => void): void {
  confirm({
    title: `Delete the preset ${own.name}?`,
    effects: `The settings in force stay as they are.${own.with_secrets ? ' Its tokens are gone then: undo brings back the rest.' : ''}`,
    verb: 'Delete',
    busy: 'Deleting…',
    danger: true,
    act: async () => {
      await editPreset(own, null, async (on) => {
        await ask('DELETE', `/api/presets/${on.id}`, { if_match: tagOf(on) });
        onChanged();
        setQuery({ preset: null });
        const undo = () =>
          void madeOf(on).then(
            () => {
              onChanged();
              toast(`“${on.name}” is back.`);
            },
            () => toast(`“${on.name}” could not be brought back: its name is taken.`),
          );
        toast(`“${on.name}” is deleted.`, undo);
      });
    },
  });
}

/** Made anew from what the page was shown: masked secrets are left out. */
const madeOf = (preset: Pick<Preset, 'name' | 'description' | 'settings'>): Promise<OwnPreset> =>
  post<OwnPreset>('/api/presets', {
    name: preset.name,
    description: preset.description === '' ? null : preset.description,
    config: preset.settings,
  });

/** `Light copy`, `Light copy 2`, … */
export function freeName(wanted: string, all: readonly Preset[]): string {
  const taken = new Set(all.map(({ name }) => name.toLowerCase()));
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? wanted : `${wanted} ${at}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
