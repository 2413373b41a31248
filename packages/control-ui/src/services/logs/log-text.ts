import { type LoaderLogLine, type LogLevel, logLevels } from '@trafficinator/contract/rest';
import { z } from 'zod';
import type { LogLine } from '../../ports/runner.ts';

const logged = z.looseObject({
  level: z.union([z.string(), z.number()]),
  msg: z.string().optional(),
});
/** Levels of the loader's log, by their names and by pino's numbers. */
const levels: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  warning: 'warning',
  error: 'error',
  fatal: 'error',
  critical: 'error',
  10: 'debug',
  20: 'debug',
  30: 'info',
  40: 'warning',
  50: 'error',
  60: 'error',
};
const plain = /^(error|warning|notice): /;
const unshown = new Set(['level', 'msg', 'time', 'pid', 'hostname']);

/** A line of a loader's output as a line of the log: JSON is taken apart, anything else is text. */
export function logLineOf(loader: string, line: LogLine): LoaderLogLine {
  const base = { at: line.at, loader };
  const entry = line.text.startsWith('{') ? entryOf(line.text) : null;
  if (entry === null) {
    const said = plain.exec(line.text)?.[1];
    const level: LogLevel = said === 'error' || said === 'warning' ? said : 'info';
    return { ...base, level, text: line.text, detail: null };
  }
  const rest = Object.entries(entry).filter(([name]) => !unshown.has(name));
  return {
    ...base,
    level: levels[String(entry.level).toLowerCase()] ?? 'info',
    text: entry.msg ?? '',
    detail: rest.length === 0 ? null : Object.fromEntries(rest),
  };
}

function entryOf(text: string): z.infer<typeof logged> | null {
  try {
    const parsed = logged.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether a line is as severe as asked for and has the text in it. */
export function fits(
  line: LoaderLogLine,
  level: LogLevel | undefined,
  filter: string | undefined,
): boolean {
  if (level !== undefined && logLevels.indexOf(line.level) < logLevels.indexOf(level)) return false;
  if (filter === undefined || filter === '') return true;
  const wanted = filter.toLowerCase();
  if (line.text.toLowerCase().includes(wanted)) return true;
  return line.detail !== null && JSON.stringify(line.detail).toLowerCase().includes(wanted);
}

/** A line of a file that a person reads. */
export function asText(line: LoaderLogLine): string {
  const detail = line.detail === null ? '' : ` ${JSON.stringify(line.detail)}`;
  return `${line.at} ${line.loader} ${line.level.toUpperCase().padEnd(7)} ${line.text}${detail}`;
}
