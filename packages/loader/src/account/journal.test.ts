import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveJournal } from './journal.ts';
import { StateError } from './live-state.ts';

const directory = mkdtempSync(join(tmpdir(), 'journal-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const process of children) process.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});
let files = 0;
const newFile = () => join(directory, `${files++}.sqlite`);
const run = { run_id: 'a', seed: 7, started_at_ms: 1, settings_digest: 'd' };
const day = '2026-06-10';

/** What goes wrong when a journal is opened: the error's code. */
function troubleWith(path: string): string {
  try {
    new LiveJournal(path).close();
    return 'none';
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    expect(error.message).toContain(path);
    expect(error.path).toBe(path);
    return error.code;
  }
}

/** A process of its own that opens the journal and runs these lines on it. */
function child(path: string, lines: string, limit = '') {
  const code = `
    const { writeSync } = await import('node:fs');
    const { LiveJournal } = await import(${JSON.stringify(new URL('journal.ts', import.meta.url))});
    const journal = new LiveJournal(${JSON.stringify(path)});
    ${lines}`;
  const command = `${limit} exec "$0" --input-type=module -e "$1"`;
  const started = spawn('/bin/sh', ['-c', command, process.execPath, code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(started);
  return started;
}

describe('a journal', () => {
  it('is all there when it is opened again', () => {
    const path = join(directory, 'deep', 'er', 'state.sqlite');
    const first = new LiveJournal(path);
    first.begin(run);
    first.reserve(0, day, 1.5);
    first.save(9, 2.5);
    first.close();
    const second = new LiveJournal(path);
    const kept = { ...run, next_index: 9, visits: 1, active_ms: 2.5, ended: null };
    expect(second.latest()).toEqual(kept);
    expect(second.visitsOn(day)).toBe(1);
    second.close();
  });

  it('goes on with the latest run without being asked which that is', () => {
    const path = newFile();
    const first = new LiveJournal(path);
    first.begin(run);
    first.close();
    const second = new LiveJournal(path);
    second.reserve(0, day, 1);
    expect(second.latest()?.visits).toBe(1);
    second.close();
  });

  it('survives a process that is killed between two visits: nothing counted is lost', async () => {
    const path = newFile();
    const victim = child(
      path,
      `journal.begin(${JSON.stringify(run)});
       for (let index = 0; ; index++) {
         journal.reserve(index, '${day}', index);
         writeSync(1, index + '\\n');
       }`,
    );
    let told = '';
    victim.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.length > 2_000) victim.kill('SIGKILL');
    });
    const [code, signal] = await once(victim, 'close');
    expect([code, signal]).toEqual([null, 'SIGKILL']);
    const acknowledged = told.trimEnd().split('\n').length;
    expect(acknowledged).toBeGreaterThan(100);
    const journal = new LiveJournal(path);
    const { visits, next_index, ended } = journal.latest()!;
    // The last visit may be counted although nobody was told: it was not sent either.
    expect(visits - acknowledged).toBeGreaterThanOrEqual(0);
    expect(visits - acknowledged).toBeLessThanOrEqual(1);
    expect([next_index, journal.visitsOn(day), ended]).toEqual([visits, visits, null]);
    journal.reserve(next_index, day, 0);
    expect(journal.latest()?.visits).toBe(visits + 1);
    journal.close();
  });

  it('keeps a second run out, of this process and of another, until it is closed', async () => {
    const path = newFile();
    const holder = child(path, "writeSync(1, 'open'); setInterval(() => {}, 1e6);");
    await once(holder.stdout, 'data');
    expect(troubleWith(path)).toBe('state_locked');
    holder.kill('SIGKILL');
    await once(holder, 'close');
    const journal = new LiveJournal(path);
    expect(troubleWith(path)).toBe('state_locked');
    journal.begin(run);
    expect(troubleWith(path)).toBe('state_locked');
    expect(journal.latest()?.run_id).toBe('a');
    journal.close();
    expect(troubleWith(path)).toBe('none');
  });
});

describe('a journal that cannot be used', () => {
  it('is one of another version', () => {
    const path = newFile();
    new LiveJournal(path).close();
    const db = new Database(path);
    db.pragma('user_version = 2');
    db.close();
    expect(troubleWith(path)).toBe('state_unusable');
    expect(() => new LiveJournal(path)).toThrow(/version 2, this program knows 1/);
  });

  it('is one of another program, even with our version number', () => {
    const path = newFile();
    const db = new Database(path);
    db.exec('CREATE TABLE other (x)');
    db.pragma('user_version = 1');
    db.close();
    expect(troubleWith(path)).toBe('state_unusable');
  });

  it('is no database, or a damaged one', () => {
    const text = newFile();
    writeFileSync(text, 'This is no database, but it is long enough to look at. '.repeat(100));
    expect(troubleWith(text)).toBe('state_unusable');
    expect(readFileSync(text, 'utf8')).toMatch(/^This is no database/);
    const cut = newFile();
    const journal = new LiveJournal(cut);
    journal.begin(run);
    journal.close();
    truncateSync(cut, 4_096 + 100);
    expect(troubleWith(cut)).toBe('state_unusable');
  });

  it('lies below a file, or is a directory', () => {
    const file = newFile();
    writeFileSync(file, '');
    expect(troubleWith(join(file, 'state.sqlite'))).toBe('state_unusable');
    mkdirSync(newFile());
    expect(troubleWith(join(directory, `${files - 1}.sqlite`))).toBe('state_unusable');
  });

  it('cannot grow: the visit is refused, what was counted stays', async () => {
    const path = newFile();
    // No file of this process may grow beyond 400 blocks of 512 bytes (1 KiB in some shells).
    const writer = child(
      path,
      `journal.begin(${JSON.stringify(run)});
       let index = 0;
       try {
         for (;;) {
           journal.reserve(index, '${day}', index);
           index++;
         }
       } catch (error) {
         const { code, constructor, message } = error;
         const { visits } = journal.latest();
         writeSync(1, JSON.stringify({ code, name: constructor.name, message, index, visits }));
       }`,
      'ulimit -f 400;',
    );
    let told = '';
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    expect(await once(writer, 'close')).toEqual([0, null]);
    const { code, name, message, index, visits } = JSON.parse(told);
    expect([code, name, visits]).toEqual(['state_unusable', 'StateError', index]);
    expect(message).toContain(path);
    expect(index).toBeGreaterThan(1);
    const journal = new LiveJournal(path);
    expect(journal.latest()).toMatchObject({ visits: index, next_index: index });
    journal.reserve(index, day, 0);
    expect(journal.visitsOn(day)).toBe(index + 1);
    journal.close();
  });
});
