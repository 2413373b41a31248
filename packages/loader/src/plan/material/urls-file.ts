import { encoded, type Page } from './material.ts';
import { findTrap } from './query-traps.ts';
import { titleFromPath } from './slug.ts';

/** Matomo cuts the URL and the title of an action after this many characters. */
const longestName = 1024;
const longestQuote = 120;

/** What is wrong with a line. An error leaves the line out, a warning keeps its page. */
interface UrlsProblem {
  readonly severity: 'error' | 'warning';
  /** Line number from 1; 0 if the whole file is meant. */
  readonly line: number;
  /** The line, cut to a length fit for a message. */
  readonly text: string;
  /** What is wrong, where, and what to do. */
  readonly why: string;
}

/** The pages of a URL file, in the file's order, with what was wrong. */
export interface UrlsFile {
  readonly pages: Page[];
  readonly problems: UrlsProblem[];
  /** Lines left out because an earlier line has the same URL. */
  readonly duplicates: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const trapWhy = {
  search: 'Matomo records it as a site search, not as a page view: rename the parameter',
  campaign: 'Matomo starts a new visit from this campaign at every view: remove the parameter',
};

/** The warning for a page that Matomo would record otherwise than the file means; null if none. */
function warningFor(url: URL, title: string): string | null {
  const found = findTrap(url);
  if (found !== null) return `parameter "${found.parameter}": ${trapWhy[found.trap]}`;
  if (title.length <= longestName) return null;
  return `the title has ${title.length} characters, Matomo keeps ${longestName}: shorten it`;
}

function readLine(line: string): { url: URL; title: string } | string {
  if (controlCharacter.test(line)) return 'control character: remove it';
  const end = line.search(/\s/);
  const address = end < 0 ? line : line.slice(0, end);
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (url === null)
    return 'not an absolute http or https URL: begin the line with https://host/path';
  if (url.href.length > longestName) {
    return `the URL has ${url.href.length} characters, Matomo keeps ${longestName}: shorten it`;
  }
  const title = end < 0 ? '' : line.slice(end).replace(/\s+/g, ' ').trim();
  return { url, title: title === '' ? titleFromPath(url) : title };
}

/**
 * Reads a URL file: one absolute http(s) URL a line, then white space (a tab or several blanks), then
 * the page's title; without one the title comes from the path. Blank lines and lines that begin with
 * `#` are skipped; a byte order mark and CRLF do no harm. URLs are stored as a browser reports them
 * (`URL.href`). `source` names the file in messages.
 */
export function parseUrlsFile(text: string, source: string): UrlsFile {
  const pages = new Map<string, Page>();
  const problems: UrlsProblem[] = [];
  let duplicates = 0;
  const lines = text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = (severity: UrlsProblem['severity'], why: string) =>
      problems.push({
        severity,
        line: index + 1,
        text: line.slice(0, longestQuote),
        why: `${source}, line ${index + 1}: ${why}`,
      });
    const read = readLine(line);
    if (typeof read === 'string') at('error', read);
    else if (pages.has(read.url.href)) duplicates += 1;
    else {
      const warning = warningFor(read.url, read.title);
      if (warning !== null) at('warning', warning);
      pages.set(read.url.href, { url: encoded(read.url.href), title: encoded(read.title) });
    }
  }
  if (pages.size === 0) {
    const why = `${source} has no usable URL: write one absolute URL per line`;
    problems.push({ severity: 'error', line: 0, text: '', why });
  }
  return { pages: [...pages.values()], problems, duplicates };
}
