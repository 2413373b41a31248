import type { Visit } from '../engine/visit.ts';
import { ReportError } from './call.ts';

type Test = (visit: Visit) => boolean;

const readers: Readonly<Record<string, (visit: Visit) => string>> = {
  visitorId: (visit) => visit.visitor_id,
  userId: (visit) => visit.user_id ?? '',
  visitId: (visit) => String(visit.id),
  visitIp: (visit) => visit.ip,
  visitorType: (visit) => visit.returning,
  referrerType: (visit) => visit.referrer.type,
  referrerName: (visit) => visit.referrer.name,
  countryCode: (visit) => visit.location.country,
};

/**
 * Reads a segment: conditions `name==value` or `name!=value` of a visit, `;` for and, `,` for or
 * (or binds tighter, as in Matomo). Visit-scope custom dimensions are `dimensionN`.
 * @throws ReportError for a name or an operator the stand-in does not know.
 */
export function segmentTest(segment: string | undefined): Test {
  if (segment === undefined || segment === '') return () => true;
  const all = segment.split(';').map((part) => part.split(',').map(condition));
  return (visit) => all.every((any) => any.some((test) => test(visit)));
}

function condition(text: string): Test {
  const parts = /^(\w+)(==|!=)(.*)$/.exec(text);
  if (parts === null) throw new ReportError(`The segment condition '${text}' is not valid.`);
  const [, name, operator, value] = parts;
  const read = readerOf(name!);
  return (visit) => (read(visit) === decodeURIComponent(value!)) === (operator === '==');
}

function readerOf(name: string): (visit: Visit) => string {
  const dimension = /^dimension(\d+)$/.exec(name)?.[1];
  if (dimension !== undefined) return (visit) => visit.dimensions.get(Number(dimension)) ?? '';
  const reader = readers[name];
  if (reader === undefined) throw new ReportError(`Segment '${name}' is not a supported segment.`);
  return reader;
}
