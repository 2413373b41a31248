import { daysBetween } from '@trafficinator/contract';
import { expect, it } from 'vitest';
import { ReportingError } from '../send/reporting.ts';
import { type Asked, chunksOf, readReports } from './read-reports.ts';
import { reportsFor } from './reports.ts';

type Call = Readonly<Record<string, string>>;

/** A Matomo that answers each call of a bulk request for each day; it remembers the requests. */
function matomo(answer: (call: Call, day: string) => unknown) {
  const requests: Call[][] = [];
  const asked: Asked = {
    ask: async (form) => {
      const calls = Object.entries(form)
        .filter(([name]) => name.startsWith('urls['))
        .map(([, query]) => Object.fromEntries(new URLSearchParams(query)));
      requests.push(calls);
      return calls.map((call) => {
        const [first = '', last = ''] = (call.date ?? '').split(',');
        const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, n) =>
          new Date(Date.parse(first) + n * 86_400_000).toISOString().slice(0, 10),
        );
        return Object.fromEntries(days.map((day) => [day, answer(call, day)]));
      });
    },
  };
  return { asked, requests };
}

const year = { first_day: '2024-01-01', last_day: '2024-12-31' };

it('asks for a year month by month, a bulk request each', async () => {
  const { asked, requests } = matomo((call) =>
    call.method === 'VisitsSummary.get' ? { nb_visits: 2 } : [],
  );
  const { days, refused } = await readReports(asked, 7, reportsFor([]), year);
  expect(requests).toHaveLength(12);
  expect(requests[0]?.[0]).toMatchObject({
    method: 'VisitsSummary.get',
    idSite: '7',
    period: 'day',
    date: '2024-01-01,2024-01-31',
    filter_limit: '-1',
    format_metrics: '0',
  });
  expect(requests[11]?.[0]?.date).toBe('2024-12-07,2024-12-31');
  expect(days.size).toBe(366);
  expect([...days.values()].every((day) => day.visits === 2 && day.events === 0)).toBe(true);
  expect(refused.size).toBe(0);
});

it('never puts more than 50 calls into a request', async () => {
  const { asked, requests } = matomo((call) =>
    call.idGoal === '60' ? { nb_conversions: '3', revenue: '12.5' } : [],
  );
  const goals = Array.from({ length: 60 }, (_, n) => n + 1);
  const span = { first_day: '2024-05-01', last_day: '2024-05-02' };
  const { days } = await readReports(asked, 1, reportsFor(goals), span);
  expect(requests.map((calls) => calls.length)).toEqual([50, 19]);
  expect(days.get('2024-05-02')).toMatchObject({
    goal_60_conversions: 3,
    goal_60_revenue_minor: 1250,
    goal_1_conversions: 0,
  });
});

it('sums rows, tells channels apart, and turns money into minor units', async () => {
  const { asked } = matomo((call) => {
    switch (`${call.method} ${call.idGoal ?? ''}`) {
      case 'Events.getCategory ':
        return [{ nb_events: 3 }, { nb_events: '4' }];
      case 'Referrers.getReferrerType ':
        return [
          { referrer_type: 1, nb_visits: 5 },
          { referrer_type: '7', nb_visits: 2 },
          { referrer_type: 8, nb_visits: 9 },
        ];
      case 'Goals.get ecommerceOrder':
        return { nb_conversions: 1, revenue: 1234567.88, revenue_tax: 0.1 + 0.2 };
      default:
        return [];
    }
  });
  const span = { first_day: '2024-05-01', last_day: '2024-05-01' };
  const { days } = await readReports(asked, 1, reportsFor([]), span);
  expect(days.get('2024-05-01')).toMatchObject({
    events: 7,
    direct_visits: 5,
    social_visits: 2,
    search_visits: 0,
    orders: 1,
    order_revenue_minor: 123_456_788,
    order_tax_minor: 30,
  });
});

it('remembers which reports Matomo does not give, and reads the others', async () => {
  const { asked } = matomo(() => ({ nb_visits: 1 }));
  const broken: Asked = {
    ask: async (form) => {
      const answers = (await asked.ask(form)) as unknown[];
      return answers.map((answer, at) => {
        if (at === 1) return { result: 'error', message: 'The plugin is off.' };
        return at === 2 ? 'nonsense' : answer;
      });
    },
  };
  const span = { first_day: '2024-05-01', last_day: '2024-05-01' };
  const { days, refused } = await readReports(broken, 1, reportsFor([]), span);
  expect([...refused]).toEqual([
    ['VisitFrequency.get', 'The plugin is off.'],
    ['Actions.get', 'the answer is no report by day'],
  ]);
  expect(days.get('2024-05-01')?.visits).toBe(1);
});

it('asks in halves for what Matomo cannot answer in time, down to a day', async () => {
  const { asked } = matomo((call) => (call.method === 'VisitsSummary.get' ? { nb_visits: 1 } : []));
  const tried: number[] = [];
  const slow: Asked = {
    ask: async (form) => {
      const [first = '', last = ''] = (
        new URLSearchParams(form['urls[0]']).get('date') ?? ''
      ).split(',');
      const length = daysBetween(first, last) + 1;
      tried.push(length);
      if (length > 4) throw new ReportingError('no answer [timeout]', false);
      return asked.ask(form);
    },
  };
  const span = { first_day: '2024-05-01', last_day: '2024-05-10' };
  const { days } = await readReports(slow, 1, reportsFor([]), span);
  expect(tried).toEqual([10, 5, 3, 2, 5, 3, 2]);
  expect(days.size).toBe(10);
  const dead: Asked = { ask: () => Promise.reject(new ReportingError('no answer', false)) };
  await expect(readReports(dead, 1, reportsFor([]), span)).rejects.toThrow('no answer');
  const refusing: Asked = { ask: () => Promise.reject(new ReportingError('no access', true)) };
  await expect(readReports(refusing, 1, reportsFor([]), span)).rejects.toThrow('no access');
  const odd: Asked = { ask: async () => ({ a: 1 }) };
  await expect(readReports(odd, 1, reportsFor([]), span)).rejects.toThrow('something else');
});

it('cuts spans without gaps', () => {
  expect(chunksOf({ first_day: '2024-02-27', last_day: '2024-03-02' }, 2)).toEqual([
    { first_day: '2024-02-27', last_day: '2024-02-28' },
    { first_day: '2024-02-29', last_day: '2024-03-01' },
    { first_day: '2024-03-02', last_day: '2024-03-02' },
  ]);
});
