import type { Visit } from '../engine/visit.ts';
import { overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { distinct, ratio, rounded, share, total } from './numbers.ts';

const isBounce = (visit: Visit): boolean => visit.action_count <= 1;

/** The raw figures of visits, under Matomo's names. */
export function visitFigures(visits: readonly Visit[]) {
  return {
    nb_uniq_visitors: distinct(visits, (visit) => visit.visitor_id),
    nb_users: distinct(
      visits.filter((visit) => visit.user_id !== null),
      (visit) => visit.user_id,
    ),
    nb_visits: visits.length,
    nb_actions: total(visits, (visit) => visit.action_count),
    nb_visits_converted: visits.filter((visit) => visit.converted).length,
    bounce_count: visits.filter(isBounce).length,
    sum_visit_length: total(visits, (visit) => visit.total_seconds),
    max_actions: visits.reduce((most, visit) => Math.max(most, visit.action_count), 0),
  };
}

/** The figures with the averages Matomo adds to them. */
export function visitSummary(visits: readonly Visit[], formatted: boolean) {
  const figures = visitFigures(visits);
  return {
    ...figures,
    bounce_rate: share(figures.bounce_count, figures.nb_visits, 0, formatted),
    nb_actions_per_visit: rounded(ratio(figures.nb_actions, figures.nb_visits), 1),
    avg_time_on_site: Math.round(ratio(figures.sum_visit_length, figures.nb_visits)),
  };
}

const figure =
  (name: keyof ReturnType<typeof visitFigures>): Method =>
  (call) => {
    const answer = overSpans(call, ({ visits }) => visitFigures(visits)[name]);
    return typeof answer === 'number' ? { value: answer } : answer;
  };

export const visitsSummary: Readonly<Record<string, Method>> = {
  'VisitsSummary.get': (call) =>
    overSpans(call, ({ visits, formatted }) =>
      visits.length === 0 ? [] : visitSummary(visits, formatted),
    ),
  'VisitsSummary.getVisits': figure('nb_visits'),
  'VisitsSummary.getActions': figure('nb_actions'),
  'VisitsSummary.getUniqueVisitors': figure('nb_uniq_visitors'),
  'VisitsSummary.getUsers': figure('nb_users'),
  'VisitsSummary.getMaxActions': figure('max_actions'),
  'VisitsSummary.getBounceCount': figure('bounce_count'),
  'VisitsSummary.getVisitsConverted': figure('nb_visits_converted'),
  'VisitsSummary.getSumVisitsLength': figure('sum_visit_length'),
};
