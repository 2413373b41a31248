import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSettingsInput } from '@trafficinator/fake-matomo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackfillYard, reportOf } from './backfill-yard.ts';
import { type Ended, until } from './loader-process.ts';
import { dumpOf } from './recorded-dump.ts';

/** TRAFFICINATOR_CHAOS=full: as large as a real backfill; a few minutes. */
const isFull = process.env.TRAFFICINATOR_CHAOS === 'full';
const chosen = isFull ? { visits: 50_000, kills: 20 } : { visits: 3_000, kills: 6 };
const longest_ms = isFull ? 1_800_000 : 120_000;
/** Over both clock changes in Stockholm. */
const window = { BACKFILL_START_DATE: '2025-03-20', BACKFILL_END_DATE: '2025-11-04' };
const days = 230;

const settle_ms = 1_000;
/** A request is worked on so late at the most: before the settle time is over. */
const latest_ms = 400;

const faults: FaultSettingsInput = {
  seed: 20260610,
  reset_after_commit: { share: 0.02 },
  reset_before_commit: { share: 0.01 },
  rollback: { share: 0.02 },
  answer: { status: 503, retry_after_seconds: 1, share: 0.003 },
  latency: { min_ms: 100, max_ms: latest_ms, share: 0.02 },
};

/** A small seeded generator (mulberry32). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a backfill of 230 days', () => {
  let yard: BackfillYard;
  let undisturbed: { readonly dump: string[]; readonly hits: number; readonly requests: number };

  beforeAll(async () => {
    yard = await BackfillYard.open({
      ...window,
      BACKFILL_MAX_VISITS_PER_DAY: Math.ceil(chosen.visits / days) * 2,
      TARGET_VISITS_PER_DAY: (chosen.visits * 1.02) / days,
      BACKFILL_SEED: 42,
      RETURNING_VISITOR_SHARE: 0.5,
      USER_ID_SHARE: 0.3,
      PROBE_SETTLE_SECONDS: settle_ms / 1000,
      REQUEST_TIMEOUT_SECONDS: 5,
    });
    const ended = await yard.run('undisturbed');
    const report = reportOf(ended);
    expect([ended.code, report.state, report.hits.done]).toEqual([
      0,
      'finished',
      report.hits.accepted,
    ]);
    expect(report.visits.done).toBeGreaterThan(chosen.visits * 0.97);
    undisturbed = {
      dump: dumpOf(yard.fake),
      hits: report.hits.done,
      requests: yard.fake.stats().requests,
    };
    expect(undisturbed.dump).toHaveLength(report.visits.done);
  }, longest_ms);
  afterAll(() => yard.close());

  /** Starts processes until one fills the window; kills each of the first ones at its moment. */
  async function fill(kills: readonly { readonly requests: number; readonly after_ms: number }[]) {
    const { fake } = yard;
    let killed = 0;
    let unlucky = 0;
    for (;;) {
      const loader = yard.start('chaos');
      const moment = kills[killed];
      let ended: Ended | null = null;
      void loader.ended.then((it) => {
        ended = it;
      });
      if (moment !== undefined) {
        await until(() => ended !== null || fake.stats().requests >= moment.requests);
        await sleep(moment.after_ms);
        loader.child.kill('SIGKILL');
      }
      ended = await loader.ended;
      if (ended.signal === 'SIGKILL') killed++;
      else if (ended.code === 0) return { report: reportOf(ended), killed };
      // Asking the target before the first hit meets the faults, too: then nothing was sent.
      else if (ended.code === 3 && ++unlucky < 30) continue;
      else throw new Error(`it ended with ${ended.code}: ${ended.out}\n${ended.err}`);
    }
  }

  it(
    `is the same, killed ${chosen.kills} times while Matomo fails in every way`,
    async () => {
      const { fake } = yard;
      fake.reset();
      fake.faults.set(faults);
      const draw = drawing(7);
      const kills = Array.from({ length: chosen.kills }, () => ({
        requests: Math.floor(draw() * undisturbed.requests),
        after_ms: Math.floor(draw() * 40),
      })).sort((a, b) => a.requests - b.requests);
      const { report, killed } = await fill(kills);
      expect(killed).toBe(chosen.kills);
      const { faults: struck } = fake.stats();
      fake.faults.clear();
      const dump = dumpOf(fake);
      expect(dump.length).toBe(undisturbed.dump.length);
      expect(dump.findIndex((line, at) => line !== undisturbed.dump[at])).toBe(-1);
      expect(report.hits).toEqual({
        done: undisturbed.hits,
        accepted: undisturbed.hits,
        rejected: 0,
        failed: 0,
        unknown: 0,
      });
      expect(report.visits.remaining).toBe(0);
      expect(report.known_by.visitor_log).toBeGreaterThan(0);
      expect(Object.keys(struck)).toEqual(
        expect.arrayContaining([
          'reset_after_commit',
          'reset_before_commit',
          'rollback',
          'latency',
        ]),
      );
    },
    longest_ms,
  );

  it(
    'is the same when a process dies while Matomo still works on its request',
    async () => {
      const { fake } = yard;
      fake.reset();
      fake.faults.clear();
      const first = yard.start('slow', { PROBE_SETTLE_SECONDS: 3 });
      await until(() => fake.stats().bulk_requests >= 40);
      fake.faults.set({ latency: { min_ms: 1_300, max_ms: 1_300, next: 2 } });
      await until(() => fake.stats().faults.latency === 2);
      first.child.kill('SIGKILL');
      await first.ended;
      // The next process looks for it before it is there.
      const ended = await yard.run('slow', { PROBE_SETTLE_SECONDS: 3 });
      expect(ended.code).toBe(0);
      expect(reportOf(ended).known_by.visitor_log).toBeGreaterThan(0);
      expect(dumpOf(fake).findIndex((line, at) => line !== undisturbed.dump[at])).toBe(-1);
      expect(fake.store.visits(1)).toHaveLength(undisturbed.dump.length);
    },
    longest_ms,
  );
});
