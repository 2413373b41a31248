import type { Census, Deviation } from '../census.ts';
import { differenceOf } from '../compare.ts';
import type { VisitDetails } from '../delivered-visit.ts';
import { figure } from '../figures.ts';
import { archiveCommand, type Cause, type Evidence, type LogEvidence, type Rule } from './cause.ts';
import { negativeRecorded } from './negative.ts';

const shown = 5;

/** Compares the delivered visits with the visitor log, one by one. */
export const visitsInLog: Rule = async (evidence, open) => {
  const explains = [...open];
  const census = await evidence.log.census();
  if (census === null) return [notLookedUp(explains)];
  const causes = [
    ...missing(census, evidence.log, explains),
    ...split(census, explains),
    ...changed(census, explains),
    ...negativeRecorded(census, explains),
    ...strangers(census, figure(evidence.day.baseline, 'visits'), explains),
  ];
  if (causes.length > 0 || census.looked_for === 0) return causes;
  return differenceOf(evidence.day, 'visits') < 0 ? [reportsBehind(evidence, explains)] : [];
};

const notLookedUp = (explains: readonly string[]): Cause => ({
  code: 'not_looked_up',
  label: 'see other days',
  text: 'The visitor log of this day was not read, only those of the first days that differ: see there.',
  explains,
});

const reportsBehind = (evidence: Evidence, explains: readonly string[]): Cause => ({
  code: 'not_archived',
  label: 'not archived',
  text: `The visitor log has all the visits, but the reports are older: run ${archiveCommand(evidence)} on the Matomo server, then reconcile again.`,
  explains,
});

function missing(census: Census, log: LogEvidence, explains: readonly string[]): Cause[] {
  const { length } = census.missing;
  if (length === 0) return [];
  const missing_visits = log.details(census.missing.slice(0, shown));
  const list = missing_visits.map(lineOf).join('; ');
  const rest = length > shown ? `; and ${length - shown} more` : '';
  const what = length === 1 ? 'visit is' : 'visits are';
  return [
    {
      code: 'visits_missing',
      label: length === 1 ? '1 visit missing' : `${length} visits missing`,
      text: `${length} of ${sizeOf(census)} delivered ${what} not in the visitor log: ${list}${rest}. Matomo says yes to hits that it excludes: look at the site’s and the global exclusions (addresses, user agents, unknown URLs), at spam and bot filters and at what the missing ones share; or somebody deleted them.`,
      explains,
      missing_visits,
    },
  ];
}

/** `visitor 0123456789abcdef (2026-03-29T08:12:44.000Z, 7 actions, from 192.0.2.1, via https://…, Mozilla/5.0 …)` */
function lineOf(visit: VisitDetails): string {
  const facts = [
    visit.started_at,
    `${visit.actions} actions`,
    ...(visit.address === null ? [] : [`from ${visit.address} (${visit.country})`]),
    visit.referrer === null ? 'no referrer' : `via ${visit.referrer}`,
    visit.user_agent,
  ];
  return `visitor ${visit.visitor_id} (${facts.join(', ')})`;
}

const sizeOf = ({ looked_for, delivered }: Census): string =>
  looked_for === delivered ? String(delivered) : `${looked_for} looked-up (of ${delivered})`;

function split(census: Census, explains: readonly string[]): Cause[] {
  const { length } = census.split;
  const [first] = census.split;
  if (first === undefined) return [];
  return [
    {
      code: 'visits_split',
      label: 'visits split',
      text: `${length} of ${sizeOf(census)} delivered visits ${length === 1 ? 'is' : 'are'} another number of visits in the log, e.g. visitor ${named(first)}: ${first.logged_visits} instead of ${first.delivered.visits}. Something splits them: midnight, a shorter visit length (visit_standard_length), or requests of one visitor at the same time.`,
      explains,
    },
  ];
}

function changed({ more, fewer, ...census }: Census, explains: readonly string[]): Cause[] {
  const first = more[0] ?? fewer[0];
  if (first === undefined) return [];
  const told = [
    ...(more.length > 0 ? [`${more.length} with more actions than planned`] : []),
    ...(fewer.length > 0 ? [`${fewer.length} with fewer`] : []),
  ];
  const { logged_actions, delivered } = first;
  return [
    {
      code: 'visits_changed',
      label: 'other actions',
      text: `Of ${sizeOf({ more, fewer, ...census })} delivered visits the log has ${told.join(' and ')}, e.g. visitor ${named(first)}: ${logged_actions} instead of ${delivered.actions}. More are hits that came twice; fewer are hits that Matomo excluded or dropped.`,
      explains,
    },
  ];
}

const named = ({ delivered }: Deviation): string => delivered.visitor_id;

function strangers(census: Census, before: number, explains: readonly string[]): Cause[] {
  const count = (census.strangers ?? 0) - before;
  if (count <= 0) return [];
  return [
    {
      code: 'foreign_visits',
      label: 'other traffic',
      text: `${count === 1 ? '1 visit in the log is of a visitor' : `${count} visits in the log are of visitors`} that this backfill did not send that day and that came since it began: other traffic.`,
      explains,
    },
  ];
}
