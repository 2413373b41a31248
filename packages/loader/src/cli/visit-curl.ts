import type { Settings } from '@trafficinator/contract';
import type { Visit } from '../plan/visit.ts';
import { hitPart, type QueryOptions, visitPart } from '../send/query.ts';

const exampleUrl = 'https://matomo.example.com/matomo.php';

/**
 * A visit as commands for a shell, one a hit, in the order in which they are to be run. The token is not
 * among them: the shell puts in what MATOMO_TOKEN_AUTH holds. Hits happen when they are sent.
 */
export function visitCurlLines(
  visit: Visit,
  query: QueryOptions,
  settings: Pick<Settings, 'matomo_url' | 'matomo_token_auth'>,
): string {
  const url = quoted(settings.matomo_url ?? exampleUrl);
  const shared = visitPart(visit.visitor, query);
  const lines = visit.hits.map((hit) => {
    const text = quoted(shared + hitPart(hit, query));
    return settings.matomo_token_auth === null
      ? `curl -sS '${url}?${text}'`
      : `curl -sS '${url}' --data '${text}&token_auth='"$MATOMO_TOKEN_AUTH"`;
  });
  return `# visit ${visit.index}\n${lines.join('\n')}\n`;
}

/** encodeURIComponent leaves the apostrophe alone, a shell does not. */
const quoted = (text: string): string => text.replaceAll("'", '%27');
