import { parseUrlsFile } from '@trafficinator/contract';
import type { UrlsVerdict } from '@trafficinator/contract/rest';

/** What the loader makes of the text of a URL file. */
export interface UrlsRead {
  readonly urls: readonly string[];
  readonly duplicates: number;
  readonly problems: readonly UrlsVerdict['problems'][number][];
}

/** Reads a URL file as the loader does. */
export function readUrls(text: string): UrlsRead {
  const { pages, duplicates, problems } = parseUrlsFile(text);
  return { urls: pages.map(({ url }) => url), duplicates, problems };
}
