import type { Settings } from '@trafficinator/contract';
import { z } from 'zod';
import { jsonOf, refusal } from '../api-answer.ts';
import type { Asker } from './ask.ts';

/** Whether a visitor is in Matomo's visitor log; `untold`: the log cannot be read, and why. */
export type Sighting =
  | { readonly kind: 'recorded'; readonly country: string | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'untold'; readonly why: string };

const visits = z.array(z.object({ visitorId: z.string(), countryCode: z.string().nullish() }));

/** Waits before each look at the visitor log: it is read from the raw data, so a moment is enough. */
const looks_ms = [0, 250, 750, 1_500, 2_500];

/**
 * Looks a visitor up in the visitor log, a few times: a visit that was just sent needs a moment.
 * `day`: of the site, `YYYY-MM-DD`; null: among the latest visits.
 */
export async function lookForVisitor(
  asker: Asker,
  apiPath: string,
  visitor_id: string,
  day: string | null,
  settings: Pick<Settings, 'matomo_site_id' | 'matomo_token_auth'>,
  wait: (delay_ms: number) => Promise<void>,
): Promise<Sighting> {
  const form = new URLSearchParams({
    module: 'API',
    method: 'Live.getLastVisitsDetails',
    format: 'json',
    language: 'en',
    idSite: String(settings.matomo_site_id),
    segment: `visitorId==${visitor_id}`,
    ...(day === null ? {} : { period: 'day', date: day }),
    filter_limit: '1',
    doNotFetchActions: '1',
    token_auth: settings.matomo_token_auth ?? '',
  }).toString();
  for (const delay_ms of looks_ms) {
    await wait(delay_ms);
    const reply = await asker.ask(apiPath, form);
    if (reply.kind === 'none') return { kind: 'untold', why: `no answer [${reply.code}]` };
    const seen = sightingOf(reply.status, reply.body, visitor_id);
    if (seen.kind !== 'absent') return seen;
  }
  return { kind: 'absent' };
}

function sightingOf(status: number, body: string, visitor_id: string): Sighting {
  const answer = jsonOf(body);
  if (answer === undefined) return { kind: 'untold', why: `status ${status} without JSON` };
  const error = refusal.safeParse(answer).data;
  if (error !== undefined) return { kind: 'untold', why: error.message };
  const list = visits.safeParse(answer).data;
  if (list === undefined) return { kind: 'untold', why: 'the answer is no list of visits' };
  const visit = list.find(({ visitorId }) => visitorId === visitor_id);
  return visit === undefined
    ? { kind: 'absent' }
    : { kind: 'recorded', country: visit.countryCode ?? null };
}
