import type { LoaderLogLine } from '@trafficinator/contract/rest';

/** What a line says on one row: its message, then its details as `name=value`. */
export function rowText({ text, detail }: LoaderLogLine): string {
  if (detail === null) return text;
  return [text, ...pairsOf(detail, '')].filter((part) => part !== '').join(' ');
}

function pairsOf(detail: Readonly<Record<string, unknown>>, above: string): string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (plain) return pairsOf(value as Record<string, unknown>, `${above}${name}.`);
    return [`${above}${name}=${valueText(value)}`];
  });
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? '';
}

/** A line of a file that a person reads. */
export const fileText = (line: LoaderLogLine): string =>
  `${line.at} ${line.loader} ${line.level.toUpperCase().padEnd(7)} ${rowText(line)}`;

/** A text in parts, by whether they are what was searched for; upper and lower case alike. */
export function partsOf(text: string, wanted: string): readonly (readonly [string, boolean])[] {
  if (wanted === '') return [[text, false]];
  const parts: (readonly [string, boolean])[] = [];
  const low = text.toLowerCase();
  const needle = wanted.toLowerCase();
  // Some letters change their length with their case: then nothing is marked rather than the wrong thing.
  if (low.length !== text.length) return [[text, false]];
  let from = 0;
  for (let at = low.indexOf(needle); at >= 0; at = low.indexOf(needle, from)) {
    if (at > from) parts.push([text.slice(from, at), false]);
    parts.push([text.slice(at, at + needle.length), true]);
    from = at + needle.length;
  }
  if (from < text.length) parts.push([text.slice(from), false]);
  return parts;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** `16:40:12.204` in the viewer's zone. */
export const rowTime = (at: string): string => clock.format(new Date(at));
