import type { FakeMatomo } from '../src/index.ts';
import type { Vector } from './vectors.ts';

type Row = Record<string, unknown>;

const GOALS: Record<string, string> = {
  'Goals.get order': 'ecommerceOrder',
  'Goals.get cart': 'ecommerceAbandonedCart',
  'Goals.get goal1': '1',
  'Goals.get goal2': '2',
};

/** Calls a Reporting API method over HTTP. */
export async function report(
  fake: FakeMatomo,
  method: string,
  parameters: Record<string, string>,
): Promise<unknown> {
  const body = new URLSearchParams({
    module: 'API',
    format: 'json',
    token_auth: fake.token,
    method,
    ...parameters,
  });
  const response = await fetch(`${fake.url}/index.php`, { method: 'POST', body });
  return response.json();
}

/** The recorded reports of a vector's days, asked again of the stand-in, in the same shape. */
export async function observedDays(fake: FakeMatomo, vector: Vector): Promise<unknown> {
  const days: Record<string, unknown> = {};
  for (const [date, wanted] of Object.entries(vector.days)) {
    const observed: Row = {};
    for (const [name, value] of Object.entries(wanted)) {
      observed[name] = await observedReport(fake, vector.site, date, name, value);
    }
    days[date] = observed;
  }
  return days;
}

async function observedReport(
  fake: FakeMatomo,
  site: number,
  date: string,
  name: string,
  wanted: unknown,
): Promise<unknown> {
  const about = { idSite: String(site), period: 'day', date, filter_limit: '-1' };
  const rows = async (method: string, extra = {}) =>
    (await report(fake, method, { ...about, ...extra })) as Row[];
  const sum = (of: Row[], key: string) => of.reduce((all, row) => all + Number(row[key]), 0);
  if (name === 'events') return sum(await rows('Events.getCategory'), 'nb_events');
  if (name === 'content') {
    const names = await rows('Contents.getContentNames');
    return {
      impressions: sum(names, 'nb_impressions'),
      interactions: sum(names, 'nb_interactions'),
    };
  }
  if (name === 'referrers') {
    const types = await rows('Referrers.getReferrerType');
    return Object.fromEntries(types.map((row) => [row.label, row.nb_visits]));
  }
  if (name === 'pages') {
    const pages = await rows('Actions.getPageUrls', { flat: '1' });
    const keys = ['nb_hits', 'nb_visits', 'sum_time_spent', 'entry_nb_visits', 'exit_nb_visits'];
    return Object.fromEntries(pages.map((row) => [row.label, pick(row, keys)]));
  }
  const idGoal = GOALS[name];
  const method = name.split(' ')[0] ?? '';
  const answer = await report(fake, method, {
    ...about,
    ...(idGoal === undefined ? {} : { idGoal }),
  });
  return pick(answer as Row, Object.keys(wanted as Row));
}

/** The recorded keys of the visitor log, oldest visit first. */
export async function observedVisits(fake: FakeMatomo, vector: Vector): Promise<unknown> {
  const dates = Object.keys(vector.days);
  const log = (await report(fake, 'Live.getLastVisitsDetails', {
    idSite: String(vector.site),
    period: 'range',
    date: `${dates[0]},${dates.at(-1)}`,
    filter_limit: '-1',
  })) as (Row & { actionDetails: Row[] })[];
  const oldestFirst = log.toSorted(
    (one, other) => Number(one.firstActionTimestamp) - Number(other.firstActionTimestamp),
  );
  return oldestFirst.map((visit, index) => {
    const wanted = vector.visits[index];
    const renamed: Row = {
      ...visit,
      first: visit.firstActionTimestamp,
      last: visit.lastActionTimestamp,
    };
    const picked = wanted === undefined ? renamed : only(renamed, Object.keys(wanted));
    const details = visit.actionDetails.map((entry, at) =>
      only(entry, Object.keys(wanted?.actionDetails[at] ?? entry)),
    );
    return { ...picked, actionDetails: details };
  });
}

/** Matomo leaves figures out that are zero (and whole reports as `[]`); the recording has zeros. */
const pick = (row: Row, keys: readonly string[]): Row =>
  Object.fromEntries(keys.map((key) => [key, row[key] ?? 0]));

const only = (row: Row, keys: readonly string[]): Row =>
  Object.fromEntries(keys.map((key) => [key, row[key]]));
