import { describe, expect, it } from 'vitest';
import { renderMetrics } from './account/metrics.ts';
import { summaryOf } from './account/summary.ts';
import { summaryText } from './cli/summary-text.ts';
import { LiveSession } from './live-session.ts';
import { event, exampleFunnels, materialWith, page } from './testing/funnel-material.ts';
import { Rehearsal } from './testing/rehearsal.ts';
import { accepts, status } from './testing/scripted-transport.ts';

const steps = [
  page('/a', { delay_seconds_min: 3, delay_seconds_max: 9 }),
  event('x', { delay_seconds_min: 20, delay_seconds_max: 40 }),
  page('/b', { delay_seconds_min: 1.5 }),
];
const slow = { name: 'Slow', probability: 1, steps };

/** When each visitor's requests were sent, and when the one before was answered. */
function waits(rehearsal: Rehearsal): Map<string, number[]> {
  const waited = new Map<string, number[]>();
  for (const [visitor, sent] of Map.groupBy(rehearsal.transport.sent, (each) => each.visitor)) {
    waited.set(
      visitor,
      sent.slice(1).map((each, n) => each.sent_ms - (sent[n]?.answered_ms ?? Number.NaN)),
    );
  }
  return waited;
}

describe('the delays of a funnel', () => {
  const whole = { max_visits: 20 };

  it('are really waited, hit by hit, in compressed pacing', async () => {
    const rehearsal = new Rehearsal(whole, { material: materialWith([slow]) });
    expect(await rehearsal.toEnd()).toBe('max_visits');
    const waited = waits(rehearsal);
    expect(waited.size).toBe(20);
    for (let index = 0; index < 20; index++) {
      const visit = rehearsal.plan(index);
      const planned = visit.hits.slice(1).map(({ pause_ms }) => pause_ms);
      expect(planned).toHaveLength(3);
      expect(planned[1]).toBeGreaterThanOrEqual(20_000);
      expect(waited.get(visit.visitor.id)).toEqual(planned);
    }
  });

  it('are the simulated times that Matomo is told, and the moments in realtime pacing', async () => {
    const compressed = new Rehearsal(whole, { material: materialWith([slow]) });
    await compressed.toEnd();
    const cdt = (query: string) =>
      Date.parse(`${new URLSearchParams(query).get('cdt')?.replace(' ', 'T')}Z`);
    for (const sent of Map.groupBy(compressed.transport.sent, (each) => each.visitor).values()) {
      const times = sent.map(({ query }) => cdt(query));
      expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(19_000);
      expect((times[3] ?? 0) - (times[2] ?? 0)).toBeLessThanOrEqual(2_000);
    }
    const realtime = new Rehearsal(
      { ...whole, visit_pacing: 'realtime' },
      { material: materialWith([slow]) },
    );
    await realtime.toEnd();
    for (let index = 0; index < 20; index++) {
      const visit = realtime.plan(index);
      const sent = realtime.transport.sent.filter(({ visitor }) => visitor === visit.visitor.id);
      expect(sent.map(({ sent_ms }) => sent_ms - (sent[0]?.sent_ms ?? 0))).toEqual(
        visit.hits.map(({ offset_ms }) => offset_ms),
      );
    }
  });

  it('leave the pauses of other visits alone', async () => {
    const some = { ...slow, probability: 0.5 };
    const rehearsal = new Rehearsal({ max_visits: 40 }, { material: materialWith([some]) });
    await rehearsal.toEnd();
    const waited = waits(rehearsal);
    const others = Array.from({ length: 40 }, (_, index) => rehearsal.plan(index)).filter(
      ({ funnel }) => funnel === undefined,
    );
    expect(others.length).toBeGreaterThan(5);
    for (const { visitor } of others) {
      for (const wait of waited.get(visitor.id) ?? []) expect(wait).toBeLessThanOrEqual(400);
    }
  });
});

describe('the numbers of a run with funnels', () => {
  const material = materialWith(exampleFunnels());
  const orderRefused = {
    script: ({ query }: { query: string }) => (query.includes('ec_id') ? status(400) : accepts()),
  };

  it('add up with the plan, and tell what was refused', async () => {
    const rehearsal = new Rehearsal({ max_visits: 200 }, { material, ...orderRefused });
    await rehearsal.toEnd();
    const visits = Array.from({ length: 200 }, (_, index) => rehearsal.plan(index));
    const numbers = rehearsal.run.books.funnels.numbers();
    expect(numbers.map(({ name }) => name)).toEqual(material.funnels.map(({ name }) => name));
    for (const { name, planned, starts, steps: reached, completions } of numbers) {
      const own = visits.filter(({ funnel }) => funnel?.name === name).length;
      expect(own).toBeGreaterThan(10);
      expect(planned).toEqual({ starts: own, steps: reached.map(() => own), completions: own });
      expect(starts).toBe(own);
      const refused = name === 'Ecommerce Purchase';
      expect(reached).toEqual(refused ? [own, own, own, own, own, 0] : planned.steps);
      expect(completions).toBe(refused ? 0 : own);
    }
  });

  it('stand in status, metrics, summary and closing text', async () => {
    const rehearsal = new Rehearsal({ max_visits: 60 }, { material });
    await rehearsal.toEnd();
    const { run, settings, clock } = rehearsal;
    const session = new LiveSession(clock, '1.0.0', settings, []);
    session.view = run;
    const numbers = run.books.funnels.numbers();
    expect(session.status().funnels).toEqual(numbers);
    const { body } = await renderMetrics(run, session.status());
    const [first] = numbers;
    const label = 'funnel="Ecommerce Purchase"';
    expect(body).toContain(`trafficinator_funnel_starts_total{${label}} ${first?.starts}\n`);
    expect(body).toContain(
      `trafficinator_funnel_visits_planned_total{${label}} ${first?.starts}\n`,
    );
    expect(body).toContain(
      `trafficinator_funnel_steps_total{${label},step="6"} ${first?.steps[5]}\n`,
    );
    expect(body).toContain(
      `trafficinator_funnel_completions_total{${label}} ${first?.completions}\n`,
    );
    const summary = summaryOf(run.books, {
      run_id: 'r',
      seed: 1,
      settings,
      exit_code: 0,
      exit_reason: 'Done.',
      planned_per_day: 1,
      achieved_per_day: 1,
      started_at_ms: 0,
      ended_at_ms: 1,
      resumed_from: null,
      notices: [],
      targets: [],
    });
    expect(summary.funnels).toEqual(numbers);
    const n = first?.starts;
    expect(summaryText(summary)).toContain(
      `  funnel   Ecommerce Purchase: ${n} of ${n} planned begun, ${n} of ${n} completed; by step ${Array(6).fill(n).join(' → ')}\n`,
    );
  });

  it('are none without funnels', async () => {
    const rehearsal = new Rehearsal({ max_visits: 3 });
    await rehearsal.toEnd();
    expect(rehearsal.run.books.funnels.numbers()).toEqual([]);
  });
});
