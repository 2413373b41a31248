import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the bundle, and at the root of the sources. */
const places = ['presets', '../../../../../presets'].map((place) =>
  join(import.meta.dirname, place),
);

/** A file of the folder with the presets. */
export interface PresetFile {
  /** After `.env.`. */
  readonly name: string;
  readonly content: string;
}

/** The presets that come with the program, to be read once at the start. @throws Error when they are not there. */
export function presetFiles(folder = places.find(existsSync)): readonly PresetFile[] {
  if (folder === undefined) throw new Error('The folder with the presets is missing.');
  return readdirSync(folder).flatMap((file) => {
    const name = /^\.env\.([a-z0-9-]+)$/.exec(file)?.[1];
    return name === undefined ? [] : [{ name, content: readFileSync(join(folder, file), 'utf8') }];
  });
}
