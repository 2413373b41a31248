import { existsSync, readFileSync } from 'node:fs';
import { bySeverity, type Problem, problem } from '@trafficinator/contract';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { parseUrlsFile } from '../plan/material/urls-file.ts';
import { Failure } from './failure.ts';

/** Where the predecessor's images look for a URL list when none is named. */
const usualFiles = ['/app/data/urls.txt', '/config/urls.txt'];
const shownProblems = 20;

export interface LoadedMaterial {
  readonly material: Material;
  /** File that the pages come from; null for the built-in site. */
  readonly source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads what visits are made of; throws a Failure when the URL list cannot be used. */
export function loadMaterial(urlsFile: string | null): LoadedMaterial {
  const path = urlsFile ?? usualFiles.find((usual) => existsSync(usual)) ?? null;
  const builtin = builtinMaterial();
  if (path === null) return { material: builtin, source: null, problems: [] };
  const { pages, problems } = parseUrlsFile(readText(path), path);
  const all = problems.map((found) =>
    problem('urls_file_unusable', {
      severity: found.severity,
      fields: ['urls_file'],
      source: found.line > 0 ? `file ${path} line ${found.line}` : `file ${path}`,
      message: found.why,
      remedy: 'Write one absolute URL a line, then a tab or two spaces, then the title.',
    }),
  );
  const told = bySeverity(all).slice(0, shownProblems);
  if (all.length > shownProblems) {
    told.push(
      problem('urls_file_unusable', {
        severity: 'warning',
        fields: ['urls_file'],
        source: `file ${path}`,
        message: `${all.length - shownProblems} more lines have problems.`,
        remedy: 'Mend the ones above first.',
      }),
    );
  }
  if (told.some((p) => p.severity === 'error')) throw new Failure(told);
  return { material: { ...builtin, pages }, source: path, problems: told };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure([
      problem('urls_file_unusable', {
        fields: ['urls_file'],
        value: path,
        message: `The URL list ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
        remedy: 'Correct URLS_FILE, or leave it out for the built-in site of 2,000 pages.',
      }),
    ]);
  }
}
