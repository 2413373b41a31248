import * as z from 'zod/mini';
import { readEnv } from '../settings/env-read.ts';

/** A preset as a file says it, and what was not understood. */
export interface PresetFile {
  readonly name: string;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly told: readonly string[];
}

const exported = z.object({
  name: z.optional(z.string()),
  description: z.nullish(z.string()),
  settings: z.record(z.string(), z.unknown()),
});

/** Reads a file that was exported here, or a `.env` file. Mistakes of values are told by the service. */
export function readPresetFile(fileName: string, text: string): PresetFile {
  const name =
    fileName.replace(/^.*\.env\.(?=\w)|\.(env|json|txt)$/g, '').slice(0, 100) || 'Imported';
  return text.trimStart().startsWith('{') ? ofJson(name, text) : ofEnv(name, text);
}

function ofJson(name: string, text: string): PresetFile {
  try {
    const file = exported.parse(JSON.parse(text));
    return {
      name: file.name ?? name,
      description: file.description ?? null,
      settings: file.settings,
      told: [],
    };
  } catch {
    const told = ['This JSON is no preset: it needs “settings” with names and values.'];
    return { name, description: null, settings: {}, told };
  }
}

function ofEnv(name: string, text: string): PresetFile {
  const { values, told } = readEnv(name, text);
  return {
    name,
    description: null,
    settings: values,
    told: told.map(({ source, message, remedy }) => `${source}: ${message} ${remedy}`),
  };
}
