import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchOutcome, type NewBatch, noMarks } from './batch.ts';
import { SqliteBatchJournal } from './batch-journal.ts';

let directory = '';
let journal: SqliteBatchJournal;
const path = () => join(directory, 'backfill.sqlite');
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'batches-test-'));
  journal = new SqliteBatchJournal(path());
});
afterEach(() => {
  journal.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What another process finds. */
function reopen(): void {
  journal.close();
  journal = new SqliteBatchJournal(path());
}

const backfill = {
  run_id: 'backfill-1',
  seed: 4_000_000_000,
  zone: 'Europe/Stockholm',
  first_day: '2026-03-01',
  days: 31,
  cut_ms: 1_780_000_000_123,
  lanes: 2,
  settings: { a: [1, 2], b: 'ö', c: null },
  started_at_ms: 1_780_000_000_000,
};
const batch = (changes: Partial<NewBatch> = {}): NewBatch => ({
  lane: 0,
  day: 3,
  first_index: 100,
  end_index: 125,
  opener: false,
  visits: 20,
  hits: 140,
  sent_at_ms: 1_780_000_000_500,
  bulk: true,
  ...changes,
});
const accepted = (hits: number, changes: Partial<BatchOutcome> = {}): BatchOutcome => ({
  accepted: hits,
  rejected: 0,
  failed: 0,
  unknown: 0,
  found: 0,
  queued: 0,
  reason: null,
  marks: noMarks,
  ...changes,
});

describe('the backfill', () => {
  it('is remembered as it was begun, until another is begun', () => {
    expect(journal.latest()).toBeNull();
    journal.begin(backfill);
    journal.sending(batch());
    reopen();
    expect(journal.latest()).toEqual({ ...backfill, ended_at_ms: null });
    journal.end(1_780_000_009_000);
    reopen();
    expect(journal.latest()?.ended_at_ms).toBe(1_780_000_009_000);
    journal.begin({ ...backfill, run_id: 'backfill-2' });
    reopen();
    expect(journal.latest()).toMatchObject({ run_id: 'backfill-2', ended_at_ms: null });
    expect([journal.open(0), journal.nextIndex(0), [...journal.finished()]]).toEqual([
      [],
      null,
      [],
    ]);
  });
});

describe('a batch', () => {
  it('is remembered from before it is sent to its end', () => {
    const sent = journal.sending(batch());
    reopen();
    expect(journal.open(0)).toEqual([sent]);
    expect(sent).toEqual({
      ...batch(),
      id: sent.id,
      state: 'sent',
      done: 0,
      marks: noMarks,
      reason: null,
    });
    expect(journal.nextIndex(0)).toBe(125);
    expect([journal.open(1), journal.nextIndex(1)]).toEqual([[], null]);
    journal.unknown(sent.id);
    reopen();
    expect(journal.open(0)[0]?.state).toBe('unknown');
    journal.rolledBack(sent.id);
    reopen();
    expect(journal.open(0)[0]?.state).toBe('rolled_back');
    journal.leaving(sent.id, 1_780_000_077_000, false);
    reopen();
    expect(journal.open(0)[0]).toMatchObject({
      state: 'sent',
      sent_at_ms: 1_780_000_077_000,
      bulk: false,
    });
    const marks = { rejected: [3, 9], failed: [], unknown: [4], found: [5] };
    journal.progress(sent.id, 12, marks, 'timeout');
    reopen();
    expect(journal.open(0)[0]).toMatchObject({ done: 12, marks, reason: 'timeout' });
    const outcome = accepted(137, { rejected: 2, unknown: 1, found: 1, reason: 'timeout', marks });
    journal.finish(sent.id, 'given_up', outcome);
    reopen();
    expect(journal.open(0)).toEqual([]);
    expect([...journal.finished()]).toEqual([
      {
        ...batch(),
        id: sent.id,
        state: 'given_up',
        sent_at_ms: 1_780_000_077_000,
        bulk: false,
        done: 140,
        ...outcome,
      },
    ]);
    expect(journal.nextIndex(0)).toBe(125);
  });

  it('that is split becomes two that are to be sent and cover the same visits', () => {
    const whole = journal.sending(batch());
    const [left, right] = journal.split(whole.id, { end_index: 111, visits: 10, hits: 66 });
    reopen();
    expect(journal.open(0)).toEqual([left, right]);
    expect(left).toMatchObject({ first_index: 100, end_index: 111, visits: 10, hits: 66 });
    expect(right).toMatchObject({
      first_index: 111,
      end_index: 125,
      visits: 10,
      hits: 74,
      day: 3,
      lane: 0,
    });
    expect([left.state, right.state]).toEqual(['rolled_back', 'rolled_back']);
    expect(journal.nextIndex(0)).toBe(125);
  });

  it('is told in the order of the visits, an opener before the batch it was taken from', () => {
    const opener = { opener: true, end_index: 100, visits: 0, hits: 1 };
    const late = journal.sending(batch({ first_index: 125, end_index: 150 }));
    const first = journal.sending(batch());
    const ahead = journal.sending(batch(opener));
    expect(journal.open(0).map(({ id }) => id)).toEqual([ahead.id, first.id, late.id]);
    for (const { id, hits } of [late, first, ahead])
      journal.finish(id, 'acknowledged', accepted(hits));
    expect([...journal.finished()].map(({ id }) => id)).toEqual([ahead.id, first.id, late.id]);
    expect(journal.openers()).toEqual([{ day: 3, first_index: 100 }]);
  });

  it('that opens a day counts only when it is over, and may be forgotten', () => {
    const opener = journal.sending(batch({ opener: true, end_index: 100, visits: 0, hits: 1 }));
    expect(journal.openers()).toEqual([]);
    expect(journal.nextIndex(0)).toBe(100);
    journal.remove(opener.id);
    reopen();
    expect([journal.open(0), journal.nextIndex(0)]).toEqual([[], null]);
  });
});

it('the report adds up all that is over, by day and by reason', () => {
  const ends: [Partial<NewBatch>, BatchOutcome][] = [
    [{ day: 1 }, accepted(140)],
    [{ day: 1 }, accepted(130, { rejected: 4, failed: 6, reason: 'lock_timeout', queued: 130 })],
    [{ day: 2, lane: 1 }, accepted(0, { unknown: 140, reason: 'timeout' })],
    [{ day: 2 }, accepted(0, { failed: 140, reason: 'rolled_back' })],
    [{ day: 2 }, accepted(139, { unknown: 1, found: 139, reason: 'timeout' })],
  ];
  for (const [changes, outcome] of ends) {
    journal.finish(journal.sending(batch(changes)).id, 'acknowledged', outcome);
  }
  journal.sending(batch({ day: 3 }));
  reopen();
  expect(journal.report()).toEqual({
    days: [
      { day: 1, visits: 40, hits: 280, accepted: 270, rejected: 4, failed: 6, unknown: 0 },
      { day: 2, visits: 60, hits: 420, accepted: 139, rejected: 0, failed: 140, unknown: 141 },
    ],
    found: 139,
    queued: 130,
    reasons: [
      { reason: 'lock_timeout', failed: 6, unknown: 0 },
      { reason: 'rolled_back', failed: 140, unknown: 0 },
      { reason: 'timeout', failed: 0, unknown: 141 },
    ],
  });
});

it('stays small: less than 130 bytes a batch, so a million visits take a few megabytes', () => {
  const batches = 1_500;
  journal.begin(backfill);
  for (let n = 0; n < batches; n++) {
    const { id, hits } = journal.sending(
      batch({ lane: n % 2, first_index: 900_000 + n * 25, end_index: 900_025 + n * 25 }),
    );
    journal.finish(id, 'acknowledged', accepted(hits));
  }
  reopen();
  const bytes = statSync(path()).size;
  expect(bytes / batches).toBeLessThan(130);
  // A request has some 30 visits, so a million of them make about 35,000 batches.
  expect((35_000 * bytes) / batches).toBeLessThan(5_000_000);
});
