import type { Settings } from '@trafficinator/contract';
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

const levels: Record<Settings['log_level'], string> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARNING: 'warn',
  ERROR: 'error',
  CRITICAL: 'fatal',
};

export type Log = Logger;

const tokens = ['token', 'token_auth', 'matomo_token_auth'];

/** Other settings were read: from now on lines of this level and above. */
export function setLevel(log: Log, level: Settings['log_level']): void {
  log.level = levels[level];
}

/**
 * Log lines on stderr; stdout belongs to results. On a terminal they are sentences, elsewhere one JSON
 * object a line. Anything named like a token is masked, whoever logs it, in a line and in an object of a
 * line.
 */
export function openLog(level: Settings['log_level']): Log {
  return pino(
    {
      level: levels[level],
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [...tokens.flatMap((name) => [name, `*.${name}`]), '*.targets'],
        censor: (value) => (value === null ? null : '***'),
      },
    },
    process.stderr.isTTY === true ? forTerminal : pino.destination({ fd: 2, sync: true }),
  );
}

/** Fields that a person at a terminal does without. */
const quiet = new Set(['level', 'time', 'msg', 'settings', 'summary', 'version', 'code', 'fields']);

const forTerminal: DestinationStream = {
  write: (line) => {
    process.stderr.write(`\r\x1b[2K${terminalLine(JSON.parse(line))}\n`);
  },
};

/** `12:30:01  new run  run_id=live-…  seed=7`; warnings and errors begin with their own word. */
export function terminalLine(entry: Readonly<Record<string, unknown>>): string {
  const time = String(entry.time ?? '').slice(11, 19);
  const facts = Object.entries(entry)
    .filter(([name, value]) => !quiet.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `  ${name}=${value}`);
  return `${time}  ${entry.msg ?? ''}${facts.join('')}`;
}
