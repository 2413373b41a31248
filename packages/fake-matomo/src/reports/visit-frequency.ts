import type { Visit } from '../engine/visit.ts';
import { overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { visitSummary } from './visits-summary.ts';

/** New visits are `new` ones; `returning` takes in returning customers, as Matomo's segment does. */
export const isNewVisit = (visit: Visit): boolean => visit.returning === 'new';

export const visitFrequency: Readonly<Record<string, Method>> = {
  'VisitFrequency.get': (call) =>
    overSpans(call, ({ visits, formatted }) => {
      if (visits.length === 0) return [];
      const groups = {
        _new: visits.filter(isNewVisit),
        _returning: visits.filter((visit) => !isNewVisit(visit)),
      };
      return Object.fromEntries(
        Object.entries(groups).flatMap(([suffix, group]) =>
          Object.entries(visitSummary(group, formatted)).map(([name, value]) => [
            `${name}${suffix}`,
            value,
          ]),
        ),
      );
    }),
};
