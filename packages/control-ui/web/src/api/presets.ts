import type { PresetDetail, presetsAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import { get } from './client.ts';

export type OwnPreset = PresetDetail;
type Answer = z.output<typeof presetsAnswer>;

/** A preset of either kind. id null: it comes with the program. */
export interface Preset {
  readonly id: number | null;
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly own: OwnPreset | null;
}

/** All presets: the built-in ones by size, then people's own, the newest first. */
export async function allPresets(signal?: AbortSignal): Promise<Preset[]> {
  const own: OwnPreset[] = [];
  let built_in: Answer['built_in'] = [];
  let cursor: string | null = null;
  do {
    const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Answer = await get<Answer>(`/api/presets?limit=200${next}`, signal);
    own.push(...page.items);
    built_in = page.built_in;
    cursor = page.next;
  } while (cursor !== null);
  return [
    ...built_in.map((each) => ({ ...each, id: null, own: null })),
    ...own.map((each) => ({
      id: each.id,
      name: each.name,
      description: each.description,
      settings: each.settings,
      own: each,
    })),
  ];
}

/** `light` as people write it; own names stay as they were given. */
export const titleOf = ({ id, name }: Pick<Preset, 'id' | 'name'>): string =>
  id === null ? `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}` : name;
