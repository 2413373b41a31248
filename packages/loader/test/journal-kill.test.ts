import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqliteBatchJournal } from '../src/account/batches/batch-journal.ts';

const directory = mkdtempSync(join(tmpdir(), 'journal-kill-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const writer = fileURLToPath(new URL('./journal-writer.ts', import.meta.url));

const pathOf = (steps: number) => join(directory, `${steps}.sqlite`);

/** Writes so many steps and dies; what it said, and how it ended. */
async function writeAndDie(steps: number) {
  const child = spawn(process.execPath, [writer, pathOf(steps), String(steps)]);
  let told = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [, signal] = await once(child, 'close');
  return { signal, told: told.trim().split('\n'), err };
}

/** What is found after so many steps: the open batches as state, done and bounds; the finished ones; the end. */
const found = [
  ['begin', [], 0, false],
  ['sending', ['sent 0 0-2'], 0, false],
  ['unknown', ['unknown 0 0-2'], 0, false],
  ['leaving', ['sent 0 0-2'], 0, false],
  ['finish', [], 1, false],
  ['sending', ['sent 0 2-4'], 1, false],
  ['rolled back', ['rolled_back 0 2-4'], 1, false],
  ['split', ['rolled_back 0 2-3', 'rolled_back 0 3-4'], 1, false],
  ['progress', ['rolled_back 2 2-3', 'rolled_back 0 3-4'], 1, false],
  ['end', ['rolled_back 2 2-3', 'rolled_back 0 3-4'], 1, true],
] as const;

describe('a process killed between two writes', () => {
  let deaths: Awaited<ReturnType<typeof writeAndDie>>[] = [];
  beforeAll(async () => {
    deaths = await Promise.all(found.map((_, at) => writeAndDie(at + 1)));
  });

  it.each(found.map((after, at) => [at + 1, ...after] as const))(
    'after step %d (%s) leaves all that was written, and the file opens',
    (steps, last, open, finished, isOver) => {
      expect(deaths[steps - 1]).toEqual({
        signal: 'SIGKILL',
        told: found.slice(0, steps).map(([step]) => step),
        err: '',
      });
      expect(deaths[steps - 1]?.told.at(-1)).toBe(last);
      const journal = new SqliteBatchJournal(pathOf(steps));
      try {
        expect(
          journal.open(0).map((b) => `${b.state} ${b.done} ${b.first_index}-${b.end_index}`),
        ).toEqual(open);
        expect([...journal.finished()]).toHaveLength(finished);
        expect(journal.latest()?.ended_at_ms ?? null).toBe(isOver ? 3 : null);
      } finally {
        journal.close();
      }
    },
  );
});
