import { existsSync, readFileSync } from 'node:fs';
import { bySeverity, type Problem, parseUrlsFile, problem } from '@trafficinator/contract';
import { encoded, type Page } from '../plan/material/material.ts';

/** Where the predecessor's images look for a URL list when none is named. */
const usualFiles = ['/app/data/urls.txt', '/config/urls.txt'];
const shownProblems = 20;

export interface LoadedPages {
  /** Null: the built-in site's, or none when there is an error among the problems. */
  readonly pages: readonly Page[] | null;
  /** One for each page; null: all alike. */
  readonly weights: readonly number[] | null;
  /** File that they come from; null for the built-in site. */
  readonly source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads the pages of the URL list that is named or stands at a usual place. */
export function loadPages(urlsFile: string | null): LoadedPages {
  const path = urlsFile ?? usualFiles.find((usual) => existsSync(usual)) ?? null;
  if (path === null) return { pages: null, weights: null, source: null, problems: [] };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { pages: null, weights: null, source: path, problems: [unreadable(path, error)] };
  }
  const { pages, weights, problems, duplicates } = parseUrlsFile(text);
  const all = problems.map((found) =>
    problem('urls_file_unusable', {
      severity: found.severity,
      fields: ['urls_file'],
      source: found.line > 0 ? `file ${path} line ${found.line}` : `file ${path}`,
      message: found.message,
      remedy: found.remedy,
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
  if (duplicates > 0) told.push(repeated(path, duplicates));
  const listed = pages.map(({ url, title }) => ({ url: encoded(url), title: encoded(title) }));
  return { pages: listed, weights, source: path, problems: told };
}

const repeated = (path: string, lines: number): Problem =>
  problem('urls_file_repeats', {
    fields: ['urls_file'],
    source: `file ${path}`,
    message:
      lines === 1
        ? 'One line is left out: it has the URL of an earlier one.'
        : `${lines} lines are left out: they have URLs of earlier ones.`,
    remedy: 'Nothing to do: a page has the title and the weight of its first line.',
  });

const unreadable = (path: string, error: unknown): Problem =>
  problem('urls_file_unusable', {
    fields: ['urls_file'],
    value: path,
    message: `The URL list ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    remedy: 'Correct URLS_FILE, or leave it out for the built-in site of 2,000 pages.',
  });
