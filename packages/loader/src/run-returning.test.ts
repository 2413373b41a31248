import type { Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { Draws } from './plan/draw.ts';
import { audit } from './testing/audit.ts';
import { Rehearsal, type RehearsalOptions } from './testing/rehearsal.ts';
import { accepts, lost, type Script, status } from './testing/scripted-transport.ts';

const hour_ms = 3_600_000;
const gap_ms = 1_800_000;

/** Nearly everybody returns, as soon as visitors ever do. */
const often: Partial<Settings> = {
  target_visits_per_day: 300,
  returning_visitor_share: 0.8,
  return_after_days: '0:3,1:2,2:1',
  user_id_share: 0.3,
};

async function runFor(
  hours: number,
  changes: Partial<Settings>,
  options: RehearsalOptions = {},
): Promise<Rehearsal> {
  const rehearsal = new Rehearsal({ ...often, ...changes }, options).start();
  for (let hour = 0; hour < hours; hour++) await rehearsal.clock.advance(hour_ms);
  rehearsal.run.stop();
  await rehearsal.onToEnd();
  return rehearsal;
}

/** One request in five goes wrong, and the others take their time. */
const troubled: Script = ({ order }) => {
  const u = new Draws(1, order).unit(1);
  if (u < 0.1) return status(503, 500, 20_000);
  if (u < 0.15) return lost(false, 'ECONNREFUSED', 100);
  if (u < 0.2) return lost(true, 'connection_lost', 8_000);
  return accepts(3_000);
};

/**
 * What is wrong with the visits of visitors as Matomo sees them: one that begins within half an hour of the
 * one before, or before it.
 */
function tooClose({ plan, tally, transport, startedAt_ms }: Rehearsal, firstIndex = 0): string[] {
  const visitOf = new Map<string, number>();
  for (let index = firstIndex; index < firstIndex + tally.visits.planned; index++) {
    const { visitor, hits } = plan(index);
    for (const { pageview_id } of hits) visitOf.set(`${visitor.id} ${pageview_id}`, index);
  }
  const wrong: string[] = [];
  for (const [visitor, sent] of Map.groupBy(transport.sent, (each) => each.visitor)) {
    let before: { readonly visit: number | undefined; readonly at_ms: number } | null = null;
    for (const { query, sent_ms } of sent) {
      const has = new URLSearchParams(query);
      const cdt = has.get('cdt');
      const at_ms = cdt === null ? startedAt_ms + sent_ms : Date.parse(`${cdt.replace(' ', 'T')}Z`);
      const visit = visitOf.get(`${visitor} ${has.get('pv_id')}`);
      const isNext = before !== null && before.visit !== visit;
      if (before !== null && isNext && at_ms - before.at_ms < gap_ms) {
        wrong.push(`visit ${visit} comes ${at_ms - before.at_ms} ms after visit ${before.visit}`);
      }
      before = { visit, at_ms };
    }
  }
  return wrong;
}

describe('visitors who return to a live run', () => {
  it.each<[string, Partial<Settings>]>([
    ['evenly', {}],
    ['in the hours of a business', { traffic_shape: 'business', timezone: 'UTC' }],
    [
      'all within three hours of the day',
      {
        traffic_shape: 'table',
        traffic_shape_table: Array.from({ length: 24 }, (_, hour) => (hour % 8 === 4 ? 1 : 0)),
        timezone: 'UTC',
      },
    ],
    ['over a day with four times as many', { spikes: '2026-06-11:4', timezone: 'UTC' }],
    ['with long visits', { visit_duration_min: 20, visit_duration_max: 120 }],
    ['in real time', { visit_pacing: 'realtime', visit_duration_max: 30 }],
    ['late', { concurrency: 2, max_lateness_seconds: 600 }],
  ])('have one visit after the other, %s, whatever the target does', async (_, changes) => {
    const rehearsal = await runFor(72, changes, { script: troubled });
    expect(audit(rehearsal)).toEqual([]);
    expect(tooClose(rehearsal)).toEqual([]);
    const returning = Array.from({ length: rehearsal.tally.visits.planned }, (_, index) =>
      rehearsal.plan(index),
    ).filter(({ visitor }) => visitor.came_before).length;
    expect(returning).toBeGreaterThan(200);
  });

  it('are known to a run that goes on where another process stopped', async () => {
    const first = await runFor(40, {});
    const index = first.tally.visits.planned;
    const second = await runFor(40, {}, { from: { index, visits: index, active_ms: 0 } });
    expect(audit(second, index)).toEqual([]);
    const known = new Set(first.visitors);
    const again = second.visitors.filter((visitor) => known.has(visitor));
    expect(again.length).toBeGreaterThan(100);
    const whole = await runFor(80, {});
    expect(
      [...first.transport.sent, ...second.transport.sent].map(({ visitor }) => visitor),
    ).toEqual(
      whole.transport.sent
        .map(({ visitor }) => visitor)
        .slice(0, first.transport.sent.length + second.transport.sent.length),
    );
  });

  it('are returning for the ledger, which remembers only those who come again', async () => {
    const { run, plan, tally } = await runFor(60, { visit_duration_max: 1, visit_duration_min: 1 });
    const visits = Array.from({ length: tally.visits.delivered }, (_, index) => plan(index));
    const returning = visits.filter(({ visitor }) => visitor.came_before).length;
    const total = run.books.ledger?.total();
    // A visit that lies over midnight is two for Matomo.
    const split = (total?.visits ?? 0) - visits.length;
    expect(split).toBeLessThanOrEqual(3);
    expect(total?.new_visits).toBe(visits.length - returning);
    expect(total?.returning_visits).toBe(returning + split);
  });
});
