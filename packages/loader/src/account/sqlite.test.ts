import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateError } from './live-state.ts';
import { guarded, openStateFile } from './sqlite.ts';

let directory = '';
let path = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sqlite-test-'));
  path = join(directory, 'state', 'file.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const schema = 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;';
const open = (version = 1) => openStateFile(path, schema, version, true);

/** A file with some pages in it. */
function fill(): void {
  const db = open();
  const insert = db.prepare('INSERT INTO note (text) VALUES (?)');
  for (let n = 0; n < 400; n++) insert.run(`note ${n} `.repeat(20));
  db.close();
}

function errorOf(action: () => unknown): StateError {
  try {
    action();
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
}

describe('a state file', () => {
  it('is made with its directory, and keeps what is written', () => {
    const db = open();
    db.prepare('INSERT INTO note (text) VALUES (?)').run('kept');
    db.close();
    const again = open();
    expect(again.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }]);
    again.close();
  });

  it('survives a power cut where that is wanted: commits are synced', () => {
    const db = open();
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
    const quick = openStateFile(path, schema, 1, false);
    expect(quick.pragma('synchronous', { simple: true })).toBe(1);
    quick.close();
  });

  it('belongs to one run at a time', () => {
    const db = open();
    const error = errorOf(() => open());
    expect(error).toMatchObject({ code: 'state_locked', path });
    expect(error.message).toBe(`Another run is using the state file ${path}.`);
    db.close();
    open().close();
  });
});

describe('a state file that cannot be used', () => {
  it.each([
    [
      'no database',
      () => writeFileSync(path, 'These are notes of mine, and no database.'.repeat(99)),
      'is damaged: it is no SQLite database (SQLITE_NOTADB)',
    ],
    ['cut off', () => truncateSync(path, 8_192), /is damaged: .*/],
    [
      'cut off within a page',
      () => truncateSync(path, statSync(path).size - 1_000),
      /is damaged: .*/,
    ],
    [
      'overwritten in the middle',
      () => {
        const bytes = readFileSync(path);
        bytes.fill(0xab, 20_000, 40_000);
        writeFileSync(path, bytes);
      },
      /is damaged: .*/,
    ],
  ] as const)('because it is %s is told in one sentence', (_, damage, told) => {
    fill();
    damage();
    const error = errorOf(() => open());
    expect(error.code).toBe('state_unusable');
    expect(error.message).toMatch(told);
    expect(error.message.startsWith(`The state file ${path} `)).toBe(true);
    expect(error.message.endsWith('.')).toBe(true);
  });

  it('because another version wrote it says so', () => {
    open(1).close();
    expect(errorOf(() => open(2)).message).toBe(
      `The state file ${path} has version 1, this program knows 2.`,
    );
  });

  it('because something else is in its place says so', () => {
    writeFileSync(join(directory, 'state'), '');
    expect(errorOf(() => open())).toMatchObject({ code: 'state_unusable' });
    rmSync(join(directory, 'state'));
    mkdirSync(path, { recursive: true });
    expect(errorOf(() => open()).message).toContain('cannot be opened or made (SQLITE_CANTOPEN');
  });

  it('because the disk is full is told, and the file can be opened again', () => {
    const db = open();
    db.pragma('max_page_count = 4');
    const insert = db.prepare('INSERT INTO note (text) VALUES (?)');
    let written = 0;
    const error = errorOf(() => {
      for (;;) {
        guarded(path, () => insert.run('x'.repeat(500)));
        written++;
      }
    });
    expect(error.code).toBe('state_unusable');
    expect(error.message).toBe(
      `The state file ${path} cannot be written: the disk or the quota is full (SQLITE_FULL).`,
    );
    expect(written).toBeGreaterThan(0);
    db.close();
    const again = open();
    expect(again.prepare('SELECT count(*) AS n FROM note').get()).toEqual({ n: written });
    again.close();
  });
});

it('other errors pass as they are', () => {
  expect(() => guarded('x', () => JSON.parse('{'))).toThrow(SyntaxError);
});
