import type { FunnelNumbers } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { BackfillRehearsal } from '../testing/backfill-rehearsal.ts';
import { everyKind, exampleFunnels, materialWith } from '../testing/funnel-material.ts';
import { good, httpAnswer, odd } from '../testing/memory-matomo.ts';

const material = materialWith([...exampleFunnels(), { ...everyKind, probability: 0.3 }]);
const rehearse = (changes: object = {}) =>
  new BackfillRehearsal(40, { bulk_size: 40, probe_settle_seconds: 1, ...changes }, { material });

/** What the plan itself says, visit by visit. */
function plannedBy({ maker, schedule }: BackfillRehearsal): FunnelNumbers['planned'][] {
  const everything = { lane: 0, first_index: 0, end_index: schedule.visits, opener: false };
  const tracks = maker
    .hitsOf(everything)
    .filter(({ position }) => position === 0)
    .flatMap(({ visit }) => visit.funnel ?? []);
  return material.funnels.map(({ name }) => {
    const own = tracks.filter((track) => track.name === name);
    const length = own[0]?.length ?? 0;
    const reached = (at: number) => own.filter(({ steps }) => steps.length > at).length;
    return {
      starts: own.length,
      steps: Array.from({ length }, (_, at) => reached(at)),
      completions: reached(length - 1),
    };
  });
}

const planned = (numbers: readonly FunnelNumbers[]) => numbers.map((each) => each.planned);
const delivered = (numbers: readonly FunnelNumbers[]) =>
  numbers.map(({ starts, steps, completions }) => ({ starts, steps, completions }));

describe('the funnels of a backfill', () => {
  it('stand there before anybody takes them', () => {
    const numbers = rehearse().process().run.books.funnels.numbers();
    expect(numbers.map(({ name }) => name)).toEqual(material.funnels.map(({ name }) => name));
    expect(numbers[0]).toMatchObject({ starts: 0, planned: { starts: 0 } });
  });

  it.each(['bulk', 'single'] as const)('are counted as planned, sent %s', async (delivery) => {
    const rehearsal = rehearse({ delivery });
    const process = rehearsal.process();
    await process.toEnd();
    const numbers = process.run.books.funnels.numbers();
    const truth = plannedBy(rehearsal);
    expect(truth.every(({ completions }) => completions > 2)).toBe(true);
    expect([planned(numbers), delivered(numbers)]).toEqual([truth, truth]);
  });

  it.each([
    ['bulk', 'single'],
    ['bulk', 'bulk'],
    ['single', 'bulk'],
  ] as const)('are neither lost nor doubled by kills, %s and %s', async (...deliveries) => {
    const rehearsal = rehearse();
    for (let kill = 0; kill < 8; kill++) {
      const process = rehearsal.process({ delivery: deliveries[kill % 2] as 'bulk' | 'single' });
      await rehearsal.clock.advance(100 + 90 * kill);
      expect(process.ended).toBeNull();
      process.kill();
    }
    const last = rehearsal.process();
    await last.toEnd();
    const again = rehearsal.process();
    await again.toEnd();
    const truth = plannedBy(rehearsal);
    for (const { run } of [last, again]) {
      const numbers = run.books.funnels.numbers();
      expect([planned(numbers), delivered(numbers)]).toEqual([truth, truth]);
    }
  });

  it('have no more steps than were accepted', async () => {
    const rehearsal = rehearse({ delivery: 'single' });
    rehearsal.matomo.handle = ({ queries }) =>
      queries[0]?.includes('&e_n=75%20%25') ? odd(httpAnswer(400), null) : good();
    const process = rehearsal.process();
    await process.toEnd();
    const numbers = process.run.books.funnels.numbers();
    const own = numbers.find(({ name }) => name === everyKind.name);
    const at = everyKind.steps.findIndex((step) => 'event_name' in step);
    expect(own?.steps[at]).toBe(0);
    expect(own?.planned.steps[at]).toBeGreaterThan(2);
    expect(own?.steps.toSpliced(at, 1)).toEqual(own?.planned.steps.toSpliced(at, 1));
    expect(own?.completions).toBe(own?.planned.completions);
    expect(process.run.books.total.rejected).toBe(own?.planned.steps[at]);
  });
});

it('hits that Matomo does not name are told of', async () => {
  const rehearsal = rehearse();
  const process = rehearsal.process();
  expect(process.run.books.funnels.unnamed).toBe(0);
  await process.toEnd();
  const { run } = process;
  const [batch] = [...rehearsal.journal.finished()].filter(({ opener }) => !opener);
  if (batch === undefined) throw new Error('no batch');
  const { books } = run;
  const hits = rehearsal.maker.hitsOf({ ...batch, lane: 0 });
  const of = (outcome: object) => books.funnels.finished({ ...batch, ...outcome }, hits);
  of({ accepted: 0, failed: batch.hits });
  expect(books.funnels.unnamed).toBe(0);
  of({ accepted: batch.hits - 3, failed: 2, rejected: 1 });
  expect(books.funnels.unnamed).toBe(3);
});
