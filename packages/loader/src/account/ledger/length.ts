import type { OpenVisit } from './visit.ts';

/**
 * How long a visit lasts for Matomo: nothing while it has one hit, then one second more than from its
 * first hit to the hit that came in last, pings included, even if that hit lies before others.
 */
export function setLength(visit: OpenVisit, at_seconds: number): void {
  change(visit, Math.max(0, 1 + at_seconds - visit.first_seconds));
}

/**
 * Seconds that a hit with a conversion adds on top: two more than its `idgoal`, which is 0 for an order
 * and −1 for a hit that converts by what it is about. The next hit of the visit takes them away again.
 */
export function conversionSeconds(idgoal: number): number {
  return idgoal + 2;
}

export function addLength(visit: OpenVisit, seconds: number): void {
  change(visit, visit.length_seconds + seconds);
}

function change(visit: OpenVisit, length_seconds: number): void {
  visit.day.metrics.sum_visit_length_seconds += length_seconds - visit.length_seconds;
  visit.length_seconds = length_seconds;
}
