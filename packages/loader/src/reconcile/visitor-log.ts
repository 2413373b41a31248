import { z } from 'zod';
import { wholeNumber } from '../send/api-answer.ts';
import { bulkCall } from '../send/api-form.ts';
import { ReportingError } from '../send/reporting.ts';
import type { Asked } from './read-reports.ts';

const loggedVisits = z.array(
  z
    .object({ visitorId: z.string(), actions: wholeNumber })
    .transform(({ visitorId, actions }) => ({ visitor_id: visitorId, actions })),
);

/** A visit in Matomo's visitor log. */
export type LoggedVisit = z.output<typeof loggedVisits>[number];

const page = 500;
const mostCalls = 50;

/** Matomo's visitor log of one site: what is recorded, whatever the reports say. */
export class VisitorLog {
  readonly #asked: Asked;
  readonly #site_id: number;

  constructor(asked: Asked, site_id: number) {
    this.#asked = asked;
    this.#site_id = site_id;
  }

  /** All visits of a day; null when there are more than `most`. Throws a ReportingError. */
  async ofDay(date: string, most: number): Promise<LoggedVisit[] | null> {
    const visits: LoggedVisit[] = [];
    for (;;) {
      const answer = await this.#asked.ask({
        ...this.#callFor(date),
        filter_limit: String(page),
        filter_offset: String(visits.length),
      });
      const some = visitsOf(answer);
      visits.push(...some);
      if (some.length < page) return visits;
      if (visits.length >= most) return null;
    }
  }

  /** The visits of some visitors on a day, in one request. Throws a ReportingError. */
  async ofVisitors(date: string, visitor_ids: readonly string[]): Promise<LoggedVisit[]> {
    if (visitor_ids.length > mostCalls) throw new RangeError('too many visitors for one request');
    const queries = visitor_ids.map((id) => {
      const call = { ...this.#callFor(date), segment: `visitorId==${id}`, filter_limit: '20' };
      return new URLSearchParams(call).toString();
    });
    const answers =
      z.array(z.unknown()).safeParse(await this.#asked.ask(bulkCall(queries))).data ?? [];
    return answers.flatMap(visitsOf);
  }

  #callFor(date: string): Record<string, string> {
    return {
      method: 'Live.getLastVisitsDetails',
      idSite: String(this.#site_id),
      period: 'day',
      date,
      doNotFetchActions: '1',
      format: 'json',
    };
  }
}

function visitsOf(answer: unknown): LoggedVisit[] {
  const visits = loggedVisits.safeParse(answer);
  if (!visits.success) throw new ReportingError('the visitor log is no list of visits', true);
  return visits.data;
}
