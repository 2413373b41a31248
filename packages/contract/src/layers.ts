import * as z from 'zod/mini';
import { parseEnvFile } from './env-file.ts';
import { type Problem, problem } from './problem.ts';
import type { Place } from './unknown-name.ts';

/** A place that settings come from, besides the process environment. */
export type Layer =
  | { readonly kind: 'settings_file'; readonly path: string }
  | { readonly kind: 'env_file'; readonly path: string }
  /** `NAME=VALUE` or `name=value`, as given to --set. */
  | { readonly kind: 'set'; readonly assignments: readonly string[] };

/** One name with what was written for it: a text, or from JSON any value. */
export interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly source: string;
}

/** All entries of one place. */
export interface LayerEntries {
  readonly place: Place;
  readonly entries: readonly Entry[];
}

/** Reads a file as UTF-8 text; throws when it cannot. */
export type ReadFile = (path: string) => string;

const settingsFile = z.record(z.string(), z.unknown());

/** The process environment as a layer. */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
): LayerEntries {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, source: 'environment' }],
  );
  return { place: 'environment', entries };
}

/** Reads one layer; what is wrong with its form goes to `problems`. */
export function readLayer(layer: Layer, readFile: ReadFile, problems: Problem[]): LayerEntries {
  switch (layer.kind) {
    case 'set':
      return { place: 'set', entries: layer.assignments.flatMap((a) => assignmentOf(a, problems)) };
    case 'env_file': {
      const label = `file ${layer.path}`;
      const content = contentOf('env_file_unusable', label, layer.path, readFile, problems);
      if (content === null) return { place: 'env_file', entries: [] };
      const file = parseEnvFile(label, content);
      problems.push(...file.problems);
      const entries = file.entries.map(({ name, text, line }) => {
        return { name, value: text, source: `${label} line ${line}` };
      });
      return { place: 'env_file', entries };
    }
    case 'settings_file': {
      const label = `settings file ${layer.path}`;
      const content = contentOf('settings_file_unusable', label, layer.path, readFile, problems);
      return { place: 'settings_file', entries: jsonEntries(label, content, problems) };
    }
  }
}

function assignmentOf(text: string, problems: Problem[]): Entry[] {
  const match = /^\s*([A-Za-z_]\w*)\s*=(.*)$/s.exec(text);
  if (match) return [{ name: match[1]!, value: match[2]!, source: '--set' }];
  problems.push(
    problem('set_malformed', {
      source: '--set',
      message: 'A --set is not of the form NAME=VALUE.',
      remedy: 'Write for example --set TARGET_VISITS_PER_DAY=500.',
    }),
  );
  return [];
}

function jsonEntries(source: string, content: string | null, problems: Problem[]): Entry[] {
  if (content === null) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    parsed = null;
  }
  const file = settingsFile.safeParse(parsed);
  if (file.success) {
    return Object.entries(file.data).map(([name, value]) => ({ name, value, source }));
  }
  problems.push(
    problem('settings_file_unusable', {
      source,
      message: 'The settings file is not a JSON object.',
      remedy: 'Write an object with setting names as keys, for example {"concurrency": 50}.',
    }),
  );
  return [];
}

function contentOf(
  code: 'env_file_unusable' | 'settings_file_unusable',
  source: string,
  path: string,
  readFile: ReadFile,
  problems: Problem[],
): string | null {
  try {
    return readFile(path);
  } catch (error) {
    problems.push(
      problem(code, {
        source,
        message: `${path} cannot be read (${reasonOf(error)}).`,
        remedy: 'Check the path and who may read the file.',
      }),
    );
    return null;
  }
}

/** The short reason of a failed read: ENOENT, EACCES, or the message. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return String(error);
}
