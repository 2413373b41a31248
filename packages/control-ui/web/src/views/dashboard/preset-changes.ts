import type { FleetStatus } from '@trafficinator/contract/rest';
import { get } from '../../api/client.ts';
import { allPresets } from '../../api/presets.ts';

/** What of a described setting is shown here. */
interface Described {
  readonly name: string;
  readonly label: string;
  readonly default: unknown;
  readonly unit?: string;
  readonly secret: boolean;
}

/** A setting that is not as the preset has it, or not at its default where no preset is in use. */
export interface Change {
  readonly name: string;
  readonly label: string;
  readonly was: string;
  readonly now: string;
  readonly unit: string;
}

/** What settings are called, and what the presets hold. */
export interface Known {
  readonly list: Readonly<Record<string, Described>>;
  readonly presets: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export async function readKnown(signal: AbortSignal): Promise<Known> {
  const [{ list }, presets] = await Promise.all([
    get<Pick<Known, 'list'>>('/api/settings', signal),
    allPresets(signal),
  ]);
  return { list, presets: new Map(presets.map(({ name, settings }) => [name, settings])) };
}

/** Where the traffic goes is no part of a preset. */
const target = /^(matomo_|targets$|target_strategy$)/;

/** The settings in force against the preset they came from, or against the defaults. */
export function changesOf({ settings, preset }: FleetStatus, { list, presets }: Known): Change[] {
  const ground = preset === null ? {} : (presets.get(preset.name) ?? {});
  return Object.values(list).flatMap((setting): Change[] => {
    const { name, label, secret, unit } = setting;
    if (secret || (preset !== null && target.test(name))) return [];
    const was = ground[name] ?? setting.default;
    const now = settings[name] ?? setting.default;
    if (JSON.stringify(was) === JSON.stringify(now)) return [];
    const shown = unit === undefined || unit.startsWith('share') ? '' : unit;
    return [{ name, label, was: textOf(was), now: textOf(now), unit: shown }];
  });
}

const longest = 40;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'unset';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const length = text.startsWith('[') ? listLength(text) : null;
  if (length !== null) return `a list of ${length}`;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A list is told by its length: the page of its own shows it. null: the text is none. */
function listLength(text: string): number | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.length : null;
  } catch {
    return null;
  }
}
