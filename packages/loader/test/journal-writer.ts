import { writeSync } from 'node:fs';
import { noMarks } from '../src/account/batches/batch.ts';
import { SqliteBatchJournal } from '../src/account/batches/batch-journal.ts';

/**
 * Writes to a batch journal, one step after the other, and dies as by kill -9 after so many of them.
 * Each step says on stdout when it is done. Arguments: the file, the number of steps.
 */
const [, , path = '', steps = ''] = process.argv;
const journal = new SqliteBatchJournal(path);
let left = Number(steps);

function done(step: string): void {
  writeSync(1, `${step}\n`);
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
}

const accepted = {
  accepted: 7,
  rejected: 0,
  failed: 0,
  unknown: 0,
  found: 0,
  queued: 0,
  reason: null,
  marks: noMarks,
};
const bounds = { lane: 0, day: 0, visits: 2, hits: 7, opener: false, bulk: true, sent_at_ms: 1 };
const facts = { seed: 1, zone: 'CET', first_day: '2026-01-01', days: 1, cut_ms: 1, lanes: 1 };

journal.begin({ run_id: 'a', ...facts, settings: {}, started_at_ms: 1 });
done('begin');
const first = journal.sending({ ...bounds, first_index: 0, end_index: 2 });
done('sending');
journal.unknown(first.id);
done('unknown');
journal.leaving(first.id, 2, true);
done('leaving');
journal.finish(first.id, 'acknowledged', accepted);
done('finish');
const second = journal.sending({ ...bounds, first_index: 2, end_index: 4 });
done('sending');
journal.rolledBack(second.id);
done('rolled back');
const [left2] = journal.split(second.id, { end_index: 3, visits: 1, hits: 3 });
done('split');
journal.progress(left2.id, 2, { ...noMarks, rejected: [1] }, null);
done('progress');
journal.end(3);
done('end');
