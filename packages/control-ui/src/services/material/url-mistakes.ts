import type { RequestMistake } from '@trafficinator/contract/rest';
import type { UrlsRead } from './urls-reader.ts';

const mostTold = 100;
const longestMessage = 300;

/** A line's URL may be in its message: that must not make an answer long. */
export const shortened = (message: string): string =>
  message.slice(0, longestMessage).toWellFormed();

/** The first lines of a URL list that cannot be used, as mistakes of a request. */
export function urlMistakes(problems: UrlsRead['problems'], pointer: string): RequestMistake[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .slice(0, mostTold)
    .map(({ line, message, remedy }) => ({
      pointer,
      field: line === 0 ? null : `line ${line}`,
      code: 'urls_file_unusable',
      severity: 'error',
      message: `${line === 0 ? '' : `Line ${line}: `}${shortened(message)}`,
      remedy,
    }));
}
