import { createHash } from 'node:crypto';
import { type JourneysFile, type Problem, problem, readJourneys } from '@trafficinator/contract';
import { siteOf, unknownSections } from '../plan/journeys/site.ts';
import type { Material } from '../plan/material/material.ts';
import { type FoundFile, findFile } from './text-file.ts';

const usualFile = '/app/data/journeys.json';

export interface LoadedJourneys {
  readonly file: JourneysFile | null;
  /** File they come from; null when there is none. */
  readonly source: string | null;
  readonly digest: string;
  readonly problems: readonly Problem[];
}

/** Loads JOURNEYS_FILE; `material`: the site that it speaks of. */
export function loadJourneys(named: string | null, material: Material): LoadedJourneys {
  let found: FoundFile | null;
  try {
    found = findFile(named, usualFile);
  } catch (error) {
    const problems = [unreadable(named ?? usualFile, error)];
    return { file: null, source: named, digest: '', problems };
  }
  if (found === null) return { file: null, source: null, digest: '', problems: [] };
  const { path, text } = found;
  const { file, problems } = readJourneys(text, path);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const wrong = file === null ? [] : sectionProblems(file, material, path);
  return { file, source: path, digest, problems: [...problems, ...wrong] };
}

const shownSections = 12;

/** Sections are known by the pages alone, so that names are compared with them. */
function sectionProblems(file: JourneysFile, material: Material, path: string): Problem[] {
  const site = siteOf(material, null);
  const names = site.sections.map(({ name }) => name);
  const entered = file.journeys.flatMap(({ entries }) =>
    (entries ?? []).flatMap(({ section }) => section ?? []),
  );
  const unknown = [
    ...unknownSections(site, file.sections),
    ...entered.filter((name) => !names.includes(name)),
  ];
  const list = [...names.slice(0, shownSections), ...(names.length > shownSections ? ['…'] : [])];
  const problems = [...new Set(unknown)].map((name) =>
    refused(
      path,
      `The journeys file names the section “${name}”, but no pages of the site have it.`,
      `A section is the first segment of the paths of several pages. There are ${list.join(', ')}.`,
    ),
  );
  if (!siteOf(material, file).sections.some(({ weight }) => weight > 0)) {
    const message = 'In the journeys file no section has a weight above 0.';
    problems.push(refused(path, message, 'Give at least one section a weight above 0.'));
  }
  return problems;
}

const refused = (path: string, message: string, remedy: string): Problem =>
  problem('journeys_file_unusable', {
    fields: ['journeys_file'],
    source: `file ${path}`,
    message,
    remedy,
  });

const unreadable = (path: string, error: unknown): Problem =>
  problem('journeys_file_unusable', {
    fields: ['journeys_file'],
    value: path,
    message: `The journeys file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    remedy: 'Correct JOURNEYS_FILE, or leave it out for the built-in journeys.',
  });
