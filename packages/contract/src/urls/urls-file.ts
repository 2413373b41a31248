import { findTrap } from './query-traps.ts';
import { titleFromPath } from './slug.ts';
import { type Columns, readColumns } from './url-columns.ts';

/** Matomo cuts the URL and the title of an action after this many characters. */
const longestName = 1024;

/** What is wrong with a line. An error leaves the line out, a warning keeps its page. */
interface UrlsProblem {
  readonly severity: 'error' | 'warning';
  /** Line number from 1; 0 if the whole file is meant. */
  readonly line: number;
  /** What is wrong, and what to do about it: a sentence each. */
  readonly message: string;
  readonly remedy: string;
}

type Told = Pick<UrlsProblem, 'message' | 'remedy'>;

/** A page of a site: absolute URL as a browser reports it, and title. */
export interface ListedPage {
  readonly url: string;
  readonly title: string;
}

/** The pages of a URL file, in the file's order, with what was wrong. */
export interface UrlsFile {
  readonly pages: ListedPage[];
  /** One for each page, 1 where its line says none; null when no line says one. */
  readonly weights: number[] | null;
  readonly problems: UrlsProblem[];
  /** Lines left out because an earlier line has the same URL. */
  readonly duplicates: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const traps = {
  search: {
    what: 'Matomo records this page as a site search, not as a page view',
    remedy: 'Rename the parameter.',
  },
  campaign: {
    what: 'Matomo starts a new visit from this campaign at every view',
    remedy: 'Remove the parameter.',
  },
};

const format =
  'Write one absolute URL a line, then a tab or two spaces, then the title, then perhaps a tab and a weight.';

const tooLong = (what: string, length: number): Told => ({
  message: `The ${what} has ${length} characters, of which Matomo keeps ${longestName}.`,
  remedy: 'Shorten it.',
});

/** The warning for a page that Matomo would record otherwise than the file means; null if none. */
function warningFor(url: URL, title: string): Told | null {
  const found = findTrap(url);
  if (found !== null) {
    const { what, remedy } = traps[found.trap];
    return { message: `Because of the parameter “${found.parameter}” ${what}.`, remedy };
  }
  return title.length > longestName ? tooLong('title', title.length) : null;
}

interface Line extends Columns {
  readonly url: URL;
}

function readLine(line: string): Line | Told {
  if (controlCharacter.test(line)) {
    return { message: 'The line has a control character.', remedy: 'Remove it.' };
  }
  const end = line.search(/\s/);
  const address = end < 0 ? line : line.slice(0, end);
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (url === null) {
    return { message: 'The line begins with no absolute http or https URL.', remedy: format };
  }
  if (url.href.length > longestName) return tooLong('URL', url.href.length);
  const columns = readColumns(end < 0 ? '' : line.slice(end));
  if ('message' in columns) return columns;
  const { title, weight } = columns;
  return { url, title: title === '' ? titleFromPath(url) : title, weight };
}

/**
 * Reads a URL file: one absolute http(s) URL a line, then white space (a tab or several blanks), then
 * the page's title; without one the title comes from the path. After one more tab may come how often the
 * page is viewed, relative to the others: a number above 0, 1 where it is left out. Blank lines and lines that begin with
 * `#` are skipped; a byte order mark and CRLF do no harm. URLs are stored as a browser reports them
 * (`URL.href`).
 */
export function parseUrlsFile(text: string): UrlsFile {
  const pages = new Map<string, ListedPage>();
  const weights: (number | null)[] = [];
  const problems: UrlsProblem[] = [];
  let duplicates = 0;
  const lines = text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const tell = (severity: UrlsProblem['severity'], told: Told) =>
      problems.push({ severity, line: index + 1, ...told });
    const read = readLine(line);
    if ('message' in read) tell('error', read);
    else if (pages.has(read.url.href)) duplicates += 1;
    else {
      const warning = warningFor(read.url, read.title);
      if (warning !== null) tell('warning', warning);
      weights.push(read.weight);
      pages.set(read.url.href, { url: read.url.href, title: read.title });
    }
  }
  if (pages.size === 0) {
    const message = 'The URL list has no usable URL.';
    problems.push({ severity: 'error', line: 0, message, remedy: format });
  }
  const isWeighted = weights.some((weight) => weight !== null);
  return {
    pages: [...pages.values()],
    weights: isWeighted ? weights.map((weight) => weight ?? 1) : null,
    problems,
    duplicates,
  };
}
