import type { RunItem } from '@trafficinator/contract/rest';
import { useAsked } from '../../api/asked.ts';
import { get } from '../../api/client.ts';
import { allPresets, titleOf } from '../../api/presets.ts';
import { session } from '../../api/session.ts';
import { count } from '../../format/numbers.ts';
import { momentOf } from '../../format/times.ts';
import { goAndDo } from '../intent.ts';
import { go } from '../router.ts';
import type { Command } from './command.ts';

interface Listed {
  readonly name: string;
  readonly variable: string;
  readonly label: string;
  readonly help: string;
}

/** So many of the newest runs are found by name. */
const runs_found = 50;

/** What only the service knows: presets, the newest runs, settings. Empty until it answers. */
export function useAskedCommands(): {
  readonly commands: readonly Command[];
  readonly error: unknown;
} {
  const presets = useAsked('presets', presetCommands);
  const runs = useAsked('runs', runCommands);
  const settings = useAsked('settings', settingCommands);
  const all = [presets, runs, settings];
  return {
    commands: all.flatMap(({ value }) => value ?? []),
    error: all.find(({ error }) => error !== null)?.error ?? null,
  };
}

async function presetCommands(signal: AbortSignal): Promise<readonly Command[]> {
  const who = session.peek();
  const may = who.state === 'in' && who.role === 'operator';
  const presets = await allPresets(signal);
  return presets
    .filter(({ own }) => may && own?.valid !== false)
    .map((preset) => {
      const key = preset.id === null ? `built-in:${preset.name}` : String(preset.id);
      return {
        id: `preset:${key}`,
        group: 'Presets',
        title: `Apply preset ${titleOf(preset)}…`,
        about: 'shows what changes, asks first',
        act: () =>
          goAndDo('presets', `/presets?preset=${encodeURIComponent(key)}`, {
            act: 'apply_preset',
            subject: key,
          }),
      };
    });
}

async function runCommands(signal: AbortSignal): Promise<readonly Command[]> {
  const { items } = await get<{ items: readonly RunItem[] }>(
    `/api/runs?limit=${runs_found}`,
    signal,
  );
  return items.map(({ id, kind, name, started_at, numbers }) => ({
    id: `run:${id}`,
    group: 'Runs',
    title: `Open run ${id.replace(/^run-/, '')}`,
    about: [
      kind,
      name,
      `started ${momentOf(started_at)}`,
      numbers === null ? null : `${count(numbers.hits)} hits`,
    ]
      .filter((part) => part !== null)
      .join(', '),
    act: () => go(`/runs/${id}`),
  }));
}

async function settingCommands(signal: AbortSignal): Promise<readonly Command[]> {
  const { list, groups } = await get<{
    list: Readonly<Record<string, Listed>>;
    groups: readonly { readonly name: string; readonly settings: readonly string[] }[];
  }>('/api/settings', signal);
  const past = new Set(groups.find(({ name }) => name === 'backfill')?.settings ?? []);
  return Object.entries(list)
    .filter(([name]) => !past.has(name))
    .map(([name, { label, help }]) => ({
      id: `setting:${name}`,
      group: 'Settings',
      title: label,
      about: name,
      words: help,
      act: () => goAndDo('settings', '/settings', { act: 'show_setting', subject: name }),
    }));
}
