import type { LogLevel } from '@trafficinator/contract/rest';
import { oneOf, preference } from '../../api/preferences.ts';
import { setQuery } from '../../app/router.ts';
import type { Wanted } from './feed.ts';
import { most, severity } from './log-hold.ts';

/** How many lines one can keep. */
export const keeps = ['50', '100', '500', '1000', 'all'] as const;

const level = preference<LogLevel>('log_level', oneOf(severity), 'debug');
const lines = preference('log_lines', oneOf(keeps), '1000');

/** The number of lines of the address, or the one that was chosen last. */
export const linesOf = (query: URLSearchParams): string => query.get('lines') ?? lines.value;

/** What the address asks for; what it leaves open is as it was chosen last. */
export function wantedOf(query: URLSearchParams): Wanted {
  const kept = linesOf(query);
  return {
    level: oneOf(severity)(query.get('level')) ?? level.value,
    loader: query.get('loader') ?? '',
    text: query.get('only') === '1' ? (query.get('q') ?? '') : '',
    keep: kept === 'all' ? most : Math.min(Number(kept) || 1_000, most),
  };
}

export function chooseLevel(chosen: LogLevel): void {
  level.set(chosen);
  setQuery({ level: chosen });
}

export function chooseLines(chosen: string): void {
  lines.set(oneOf(keeps)(chosen) ?? '1000');
  setQuery({ lines: chosen });
}
