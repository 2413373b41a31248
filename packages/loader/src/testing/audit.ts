import { type Outcome, shardOf } from '@trafficinator/contract';
import type { Answer } from '../send/answer.ts';
import { hitPart } from '../send/query.ts';
import { queryOptions, type Rehearsal } from './rehearsal.ts';
import type { Sent } from './scripted-transport.ts';

type Fate = Outcome | 'again';

/** What the far end's answer means for a hit, told anew: `again` is surely not recorded. */
function fateOf({ answer }: Sent): Fate {
  if (answer === null) throw new Error('a request was never answered');
  if (answer.kind === 'none') {
    if (answer.sent) return 'unknown';
    return answer.code === 'aborted' ? 'dropped' : isCertificate(answer) ? 'failed' : 'again';
  }
  if (answer.status === 429 || answer.status === 503) return 'again';
  if (answer.status >= 500) return 'unknown';
  return answer.status >= 300 || answer.content_type === 'text/html' ? 'rejected' : 'accepted';
}

const isCertificate = (answer: Answer): boolean =>
  answer.kind === 'none' && answer.code === 'SELF_SIGNED_CERT_IN_CHAIN';

/** The visits that the run planned, from the first on: in a shard every n-th. */
function planned({ settings, tally }: Rehearsal, first: number): number[] {
  const { index, count } = shardOf(settings) ?? { index: 0, count: 1 };
  return Array.from({ length: tally.visits.planned }, (_, at) => first + index + at * count);
}

const longestRetryAfter_ms = 60_000;

interface Recount {
  readonly hits: Record<Outcome | 'planned', number>;
  readonly visits: { planned: number; delivered: number; partial: number; dropped: number };
}

/**
 * Judges a finished run by what passed through its transport alone, and lays the books beside it.
 * Returns everything that is wrong; an empty list is a clean run.
 */
export function audit(rehearsal: Rehearsal, firstIndex = 0): string[] {
  const { transport, tally, settings } = rehearsal;
  const wrong: string[] = [];
  const byVisitor = Map.groupBy(transport.sent, (sent) => sent.visitor);
  const recount: Recount = {
    hits: { planned: 0, accepted: 0, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
    visits: { planned: 0, delivered: 0, partial: 0, dropped: 0 },
  };
  for (const index of planned(rehearsal, firstIndex)) {
    const visit = rehearsal.plan(index);
    const parts = visit.hits.map((hit) => hitPart(hit, queryOptions));
    const { id } = visit.visitor;
    const all = byVisitor.get(id) ?? [];
    // A visitor's visits follow one another: the first requests left are of the first visit left.
    const other = all.findIndex(({ query }) => !parts.includes(partOf(query)));
    const requests = other < 0 ? all : all.slice(0, other);
    if (other < 0) byVisitor.delete(id);
    else byVisitor.set(id, all.slice(other));
    const ends = endsOf(parts, requests, settings.max_retries, (text) =>
      wrong.push(`visit ${index}: ${text}`),
    );
    count(recount, ends, requests.length > 0);
  }
  if (byVisitor.size > 0) wrong.push(`${byVisitor.size} visitors sent hits that were not planned`);
  if (transport.mostAtOnce > 1) wrong.push(`a visitor had ${transport.mostAtOnce} hits in flight`);
  if (tally.pending !== 0) wrong.push(`${tally.pending} hits have no outcome`);
  compare('hits', tally.hits, recount.hits, wrong);
  compare('visits', tally.visits, recount.visits, wrong);
  const reasons = tally.reasons().reduce((sum, reason) => sum + reason.count, 0);
  if (reasons !== tally.hits.planned - tally.hits.accepted) {
    wrong.push(`the reasons explain ${reasons} hits that were not accepted`);
  }
  return wrong;
}

/** The outcome of every hit of a visit, from its requests in the order in which they left. */
function endsOf(
  parts: readonly string[],
  requests: readonly Sent[],
  maxRetries: number,
  complain: (text: string) => void,
): Outcome[] {
  const ends: Outcome[] = [];
  let attempts = 0;
  let before: Sent | null = null;
  for (const sent of requests) {
    const at = parts.indexOf(partOf(sent.query));
    if (at !== ends.length - 1 && at !== ends.length) {
      complain(`hit ${at} was sent after hit ${ends.length - 1}`);
    }
    if (at === ends.length - 1 && before !== null) {
      attempts++;
      if (attempts > maxRetries) complain(`hit ${at} was retried ${attempts} times`);
      judgeRetry(before, sent, (text) => complain(`hit ${at} ${text}`));
    } else attempts = 0;
    const fate = fateOf(sent);
    // Tried once and then not again: surely not recorded, yet it was sent.
    ends[at] = fate === 'again' || (fate === 'dropped' && attempts > 0) ? 'failed' : fate;
    before = sent;
  }
  while (ends.length < parts.length) ends.push('dropped');
  return ends;
}

function judgeRetry(before: Sent, sent: Sent, complain: (text: string) => void): void {
  const fate = fateOf(before);
  if (fate !== 'again') complain(`was sent again after ${fate}`);
  const answer = before.answer;
  const asked_ms = answer?.kind === 'http' ? (answer.retry_after_ms ?? 0) : 0;
  const waited_ms = sent.sent_ms - (before.answered_ms ?? 0);
  if (waited_ms < Math.min(asked_ms, longestRetryAfter_ms)) {
    complain(`was retried after ${waited_ms} ms, Retry-After said ${asked_ms} ms`);
  }
}

/** The part of a query that says what happens. */
const partOf = (query: string): string => query.slice(query.indexOf('&url='), query.indexOf('&h='));

/** A visit has begun when its first hit was given to the transport, whether it left or not. */
function count(recount: Recount, ends: readonly Outcome[], begun: boolean): void {
  const { hits, visits } = recount;
  hits.planned += ends.length;
  for (const end of ends) hits[end]++;
  visits.planned++;
  if (ends.every((end) => end === 'accepted')) visits.delivered++;
  else if (begun) visits.partial++;
  else visits.dropped++;
}

function compare(
  what: string,
  told: object,
  found: Readonly<Record<string, number>>,
  wrong: string[],
): void {
  for (const [name, n] of Object.entries(told) as [string, number][]) {
    if (n !== found[name]) wrong.push(`${what} ${name}: told ${n}, found ${found[name]}`);
  }
}
