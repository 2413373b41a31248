import { expect, it } from 'vitest';
import { Schedule } from './pace/schedule.ts';
import { audit } from './testing/audit.ts';
import { Rehearsal, seed } from './testing/rehearsal.ts';
import { accepts, silence } from './testing/scripted-transport.ts';

const perDay = 432_000;
const slot_ms = 86_400_000 / perDay;

it('visits arrive one in each slot of the day, for ever', async () => {
  const rehearsal = new Rehearsal({
    target_visits_per_day: perDay,
    max_visits: 3_000,
    concurrency: 1_000,
  });
  await rehearsal.toEnd();
  expect(rehearsal.begun_ms.map((begun) => Math.floor(begun / slot_ms))).toEqual(
    Array.from({ length: 3_000 }, (_, i) => i),
  );
});

it('a slow target does not slow the arrivals down', async () => {
  const plannedAfter = async (answer_ms: number) => {
    const rehearsal = new Rehearsal(
      { target_visits_per_day: perDay, concurrency: 20, max_lateness_seconds: 2 },
      { script: () => accepts(answer_ms) },
    ).start();
    await rehearsal.clock.advance(60_000);
    const { planned } = rehearsal.tally.visits;
    rehearsal.run.stop();
    await rehearsal.onToEnd();
    expect(audit(rehearsal)).toEqual([]);
    return { planned, dropped: rehearsal.tally.visits.dropped };
  };
  const quick = await plannedAfter(1);
  const slow = await plannedAfter(3_000);
  expect(quick).toEqual({ planned: 300, dropped: 0 });
  expect(slow.planned).toBe(300);
  expect(slow.dropped).toBeGreaterThan(200);
});

it('a visit waits for a slot as long as it may, then it is dropped; never longer', async () => {
  const rehearsal = new Rehearsal(
    { target_visits_per_day: perDay, concurrency: 3, max_lateness_seconds: 2 },
    { script: () => accepts(900), duration_ms: 120_000 },
  ).start();
  let mostWaiting = 0;
  for (let at = 0; at < 118_000; at += 100) {
    await rehearsal.clock.advance(100);
    mostWaiting = Math.max(mostWaiting, rehearsal.run.waiting);
    expect(rehearsal.run.inFlight).toBeLessThanOrEqual(3);
  }
  // Ten arrive in the tolerated time; one more where slots of the schedule meet.
  expect(mostWaiting).toBeGreaterThanOrEqual(9);
  expect(mostWaiting).toBeLessThanOrEqual(12);
  await rehearsal.onToEnd();
  expect(audit(rehearsal)).toEqual([]);
  const [reason] = rehearsal.tally.reasons();
  expect(reason).toMatchObject({ outcome: 'dropped', reason: 'no_slot_in_time' });
  const lateness = lateness_ms(rehearsal);
  expect(Math.max(...lateness)).toBeGreaterThan(1_500);
  expect(Math.max(...lateness)).toBeLessThanOrEqual(2_000);
});

it('lateness and latency are measured from the moment a hit was due', async () => {
  const answer_ms = 900;
  const rehearsal = new Rehearsal(
    { target_visits_per_day: perDay, concurrency: 3, max_lateness_seconds: 2 },
    { script: () => accepts(answer_ms), duration_ms: 60_000 },
  );
  await rehearsal.toEnd();
  const { lateness, latency, response } = rehearsal.run.books;
  const latest_ms = Math.max(...lateness_ms(rehearsal));
  expect(lateness.percentiles()?.max).toBeCloseTo(latest_ms, 2);
  expect(latency.percentiles()?.max).toBeCloseTo(latest_ms + answer_ms, 2);
  expect(response.percentiles()).toMatchObject({ max: answer_ms });
  // Every hit that was sent is in each of them; hits after the first were on time.
  const { length } = rehearsal.transport.sent;
  expect([lateness.count, latency.count, response.count]).toEqual([length, length, length]);
  const sum = lateness_ms(rehearsal).reduce((a, b) => a + b, 0);
  expect(lateness.sum_seconds * 1000).toBeCloseTo(sum, 3);
  expect(latency.sum_seconds * 1000).toBeCloseTo(sum + length * answer_ms, 3);
});

it('visits that cannot be sent do not pile up', async () => {
  const rehearsal = new Rehearsal(
    { target_visits_per_day: 8_640_000, concurrency: 50, max_lateness_seconds: 5 },
    // Past the start verdict, then silence.
    { script: ({ order }) => (order === 0 ? accepts() : silence()) },
  ).start();
  for (let at = 0; at < 60; at++) {
    await rehearsal.clock.advance(1_000);
    expect(rehearsal.run.inFlight).toBeLessThanOrEqual(50);
    expect(rehearsal.run.waiting).toBeLessThanOrEqual(502);
  }
  expect(rehearsal.tally.visits.planned).toBe(6_000);
  expect(rehearsal.run.waiting).toBeGreaterThan(490);
  rehearsal.run.stop();
  rehearsal.run.stop();
  await rehearsal.onToEnd();
  expect(audit(rehearsal)).toEqual([]);
});

it('the hits of a visit come in realtime at their moments from its start', async () => {
  const rehearsal = new Rehearsal(
    { visit_pacing: 'realtime', max_visits: 5, concurrency: 50 },
    { script: () => accepts(250) },
  );
  await rehearsal.toEnd();
  expect(audit(rehearsal)).toEqual([]);
  for (const [index, begun] of rehearsal.begun_ms.entries()) {
    const { visitor, hits } = rehearsal.plan(index);
    const sent = rehearsal.transport.sent.filter((one) => one.visitor === visitor.id);
    let free = begun;
    for (const [at, hit] of hits.entries()) {
      expect(sent[at]?.sent_ms).toBeCloseTo(Math.max(free, begun + hit.offset_ms), 3);
      expect(sent[at]?.query).not.toContain('cdt=');
      free = sent[at]?.answered_ms ?? 0;
    }
  }
});

it('compressed hits carry their simulated times: past, in order, ending at the start', async () => {
  const rehearsal = new Rehearsal({ max_visits: 30 });
  await rehearsal.toEnd();
  for (const [index, begun] of rehearsal.begun_ms.entries()) {
    const { visitor, hits, duration_ms } = rehearsal.plan(index);
    const sent = rehearsal.transport.sent.filter((one) => one.visitor === visitor.id);
    const start_ms = rehearsal.startedAt_ms + Math.floor(begun) - duration_ms;
    const times = sent.map(({ query }) => {
      const cdt = new URLSearchParams(query).get('cdt');
      return Date.parse(`${cdt?.replace(' ', 'T')}Z`);
    });
    expect(times).toEqual(hits.map((hit) => Math.floor((start_ms + hit.offset_ms) / 1000) * 1000));
  }
});

/** How late each visit that began was, by the schedule alone. */
function lateness_ms(rehearsal: Rehearsal): number[] {
  const schedule = new Schedule(seed, rehearsal.settings.target_visits_per_day, 0, 0);
  const late: number[] = [];
  const begun = rehearsal.begun_ms;
  for (const [at, visitor] of rehearsal.visitors.entries()) {
    late.push((begun[at] as number) - schedule.momentOf(indexOf(rehearsal, visitor)));
  }
  return late;
}

function indexOf({ plan, tally }: Rehearsal, visitor: string): number {
  for (let index = 0; index < tally.visits.planned; index++) {
    if (plan(index).visitor.id === visitor) return index;
  }
  throw new Error(`nobody planned visitor ${visitor}`);
}
