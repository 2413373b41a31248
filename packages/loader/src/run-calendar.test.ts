import { describe, expect, it } from 'vitest';
import { dayOf } from './pace/calendar.ts';
import { VirtualClock } from './pace/virtual-clock.ts';
import { hitPart } from './send/query.ts';
import { queryOptions, Rehearsal } from './testing/rehearsal.ts';

const zone = 'Europe/Stockholm';
const hour_ms = 3_600_000;
/** 22:30 in Stockholm, the evening before the spike. */
const evening_ms = Date.UTC(2026, 10, 26, 21, 30);

const settings = {
  target_visits_per_day: 480,
  timezone: zone,
  pageviews_min: 1,
  pageviews_max: 1,
  spikes: '2026-11-27:3',
  max_visits_per_day: 0,
};

/** Visits begun on each site's day. */
function begunByDay(rehearsals: readonly Rehearsal[]): Record<string, number> {
  const days: Record<string, number> = {};
  for (const rehearsal of rehearsals) {
    for (const begun_ms of rehearsal.begun_ms) {
      const date = dayOf(rehearsal.startedAt_ms + begun_ms, zone);
      days[date] = (days[date] ?? 0) + 1;
    }
  }
  return days;
}

describe('a live run over two midnights with a spike between them', () => {
  it('has the spike’s volume on its day, and no gap or clump at either midnight', async () => {
    const rehearsal = new Rehearsal(settings, {
      clock: new VirtualClock(evening_ms),
      duration_ms: 27 * hour_ms,
    });
    expect(await rehearsal.toEnd(30 * hour_ms)).toBe('duration');
    expect(rehearsal.tally.visits.dropped).toBe(0);
    const days = begunByDay([rehearsal]);
    expect(days['2026-11-27']).toBe(1_440);
    expect([days['2026-11-26'], days['2026-11-28']]).toEqual([30, 30]);
    const slots_ms = { '2026-11-26': 180_000, '2026-11-27': 60_000, '2026-11-28': 180_000 };
    const begun = rehearsal.begun_ms.map((ms) => rehearsal.startedAt_ms + ms);
    for (const [n, at_ms] of begun.slice(1).entries()) {
      const earlier_ms = begun[n] as number;
      const slotOf = (ms: number) => slots_ms[dayOf(ms, zone) as keyof typeof slots_ms];
      expect(at_ms - earlier_ms).toBeLessThanOrEqual(slotOf(earlier_ms) + slotOf(at_ms) + 1);
    }
    // The slots of the minutes around midnight hold one visit each.
    const midnight_ms = Date.UTC(2026, 10, 26, 23);
    const around = begun.filter((ms) => Math.abs(ms - midnight_ms) < 180_000);
    expect(around).toHaveLength(1 + 3);
  });

  it('goes on with the same day’s volume after a restart', async () => {
    const first = new Rehearsal(settings, {
      clock: new VirtualClock(evening_ms),
      duration_ms: 7.5 * hour_ms,
    });
    await first.toEnd(10 * hour_ms);
    const index = first.tally.visits.planned;
    const second = new Rehearsal(settings, {
      clock: new VirtualClock(evening_ms + 7.5 * hour_ms),
      started_at_ms: evening_ms,
      from: { index, visits: index, active_ms: 7.5 * hour_ms },
      duration_ms: 19.5 * hour_ms,
    });
    await second.toEnd(30 * hour_ms);
    const days = begunByDay([first, second]);
    expect(Math.abs((days['2026-11-27'] ?? 0) - 1_440)).toBeLessThanOrEqual(1);
    expect(new Set([...first.visitors, ...second.visitors]).size).toBe(
      index + second.visitors.length,
    );
  });

  it('counts growth from the day on which the run began, whichever process goes on', async () => {
    const growing = { ...settings, spikes: null, growth_percent_per_year: 100 };
    const year_ms = 365 * 24 * hour_ms;
    const later = new Rehearsal(growing, {
      clock: new VirtualClock(Date.UTC(2027, 10, 25, 23)),
      started_at_ms: Date.UTC(2027, 10, 25, 23) - year_ms,
      duration_ms: 24 * hour_ms,
    });
    await later.toEnd(25 * hour_ms);
    expect(later.tally.visits.planned).toBe(960);
  });

  it('is held by the daily cap, and the day after has its own volume', async () => {
    const rehearsal = new Rehearsal(
      { ...settings, max_visits_per_day: 500 },
      { clock: new VirtualClock(evening_ms), duration_ms: 27 * hour_ms },
    );
    await rehearsal.toEnd(30 * hour_ms);
    const days = begunByDay([rehearsal]);
    expect(days['2026-11-27']).toBe(500);
    expect(days['2026-11-28']).toBeGreaterThanOrEqual(29);
    expect(days['2026-11-28']).toBeLessThanOrEqual(30);
  });
});

describe('a live run over the first midnight of a burst', () => {
  const campaigns = JSON.stringify([
    { name: 'sale', bursts: [{ from: '2026-11-27', to: '2026-11-27', share: 1 }] },
  ]);

  it('plans each visit for the day on which it is due, also after a long pause', async () => {
    const rehearsal = new Rehearsal(
      {
        ...settings,
        campaigns,
        pageviews_min: 2,
        pageviews_max: 2,
        pause_between_pvs_min: 5,
        pause_between_pvs_max: 5,
        spikes: null,
      },
      { clock: new VirtualClock(evening_ms), duration_ms: 3 * hour_ms },
    );
    await rehearsal.toEnd(4 * hour_ms);
    const days = [...rehearsal.begun_ms].map((ms) => dayOf(rehearsal.startedAt_ms + ms, zone));
    const evening = days.filter((day) => day === '2026-11-26').length;
    expect([evening, days.length]).toEqual([30, 60]);
    const sent = rehearsal.transport.sent;
    for (const [index, day] of days.entries()) {
      const { visitor, hits } = rehearsal.plan(index, day);
      const queries = sent.filter((one) => one.visitor === visitor.id).map(({ query }) => query);
      expect(queries).toHaveLength(hits.length);
      for (const [n, hit] of hits.entries()) {
        expect(queries[n]).toContain(hitPart(hit, queryOptions));
      }
      expect(queries[0]?.includes('mtm_campaign%3Dsale')).toBe(day === '2026-11-27');
    }
  });
});
