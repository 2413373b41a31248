import type { Settings } from '@trafficinator/contract';
import { type Logger, pino, stdTimeFunctions } from 'pino';

const levels: Record<Settings['log_level'], string> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARNING: 'warn',
  ERROR: 'error',
  CRITICAL: 'fatal',
};

export type Log = Logger;

/**
 * Structured log lines on stderr; stdout belongs to results. Anything named like a token is masked,
 * whoever logs it.
 */
export function openLog(level: Settings['log_level']): Log {
  return pino(
    {
      level: levels[level],
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ['token', 'token_auth', '*.token_auth', '*.matomo_token_auth'],
        censor: '***',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
