import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type LiveState, type RememberedRun, StateError } from './live-state.ts';

const schemaVersion = 1;

const schema = `
  CREATE TABLE run (
    run_id TEXT PRIMARY KEY,
    seed INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    next_index INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    active_ms REAL NOT NULL,
    settings_digest TEXT NOT NULL,
    ended_at_ms INTEGER,
    end_reason TEXT
  ) STRICT;
  CREATE TABLE day (day TEXT PRIMARY KEY, visits INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

interface Row extends Omit<RememberedRun, 'ended'> {
  readonly ended_at_ms: number | null;
  readonly end_reason: string | null;
}

/**
 * The live state in a SQLite file. The exclusive lock that SQLite holds while it is open keeps a second
 * run out and vanishes with the process, however it dies. WAL with synchronous=NORMAL: a commit
 * survives kill -9; only a power cut can take the last moments.
 */
export class LiveJournal implements LiveState {
  readonly #path: string;
  readonly #db: Database.Database;
  readonly #reserve: (index: number, day: string, active_ms: number) => void;
  readonly #save: Database.Statement;
  #rowid = 0;

  /** Opens or makes the file; throws a StateError when another run holds it or it cannot be used. */
  constructor(path: string) {
    this.#path = path;
    this.#db = this.#guard(() => open(path));
    const visit = this.#db.prepare(
      'UPDATE run SET next_index = max(next_index, ?), visits = visits + 1, active_ms = ? WHERE rowid = ?',
    );
    const day = this.#db.prepare(
      'INSERT INTO day (day, visits) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET visits = visits + 1',
    );
    this.#reserve = this.#db.transaction((index: number, on: string, active_ms: number) => {
      const { changes } = visit.run(index + 1, active_ms, this.#rowid);
      if (changes === 0) throw new Error('reserve() before begin()');
      day.run(on);
    });
    this.#save = this.#db.prepare(
      'UPDATE run SET next_index = max(next_index, ?), active_ms = ? WHERE rowid = ?',
    );
    this.latest();
  }

  latest(): RememberedRun | null {
    return this.#guard(() => {
      const row = this.#db.prepare('SELECT rowid, * FROM run ORDER BY rowid DESC LIMIT 1').get() as
        | (Row & { rowid: number })
        | undefined;
      if (row === undefined) return null;
      const { rowid, ended_at_ms, end_reason, ...run } = row;
      this.#rowid = rowid;
      return {
        ...run,
        ended: ended_at_ms === null ? null : { at_ms: ended_at_ms, reason: end_reason ?? '' },
      };
    });
  }

  begin(run: Pick<RememberedRun, 'run_id' | 'seed' | 'started_at_ms' | 'settings_digest'>): void {
    this.#guard(() => {
      const result = this.#db
        .prepare(
          'INSERT INTO run VALUES (@run_id, @seed, @started_at_ms, 0, 0, 0, @settings_digest, NULL, NULL)',
        )
        .run(run);
      this.#rowid = Number(result.lastInsertRowid);
    });
  }

  resume(settings_digest: string): void {
    this.#guard(() =>
      this.#db
        .prepare('UPDATE run SET settings_digest = ? WHERE rowid = ?')
        .run(settings_digest, this.#rowid),
    );
  }

  visitsOn(day: string): number {
    return this.#guard(() => {
      const row = this.#db.prepare('SELECT visits FROM day WHERE day = ?').get(day);
      return row === undefined ? 0 : (row as { visits: number }).visits;
    });
  }

  reserve(index: number, day: string, active_ms: number): void {
    this.#guard(() => this.#reserve(index, day, active_ms));
  }

  save(next_index: number, active_ms: number): void {
    this.#guard(() => this.#save.run(next_index, active_ms, this.#rowid));
  }

  end(reason: string, at_ms: number): void {
    this.#guard(() =>
      this.#db
        .prepare('UPDATE run SET ended_at_ms = ?, end_reason = ? WHERE rowid = ?')
        .run(at_ms, reason, this.#rowid),
    );
  }

  close(): void {
    this.#db.close();
  }

  #guard<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw asStateError(error, this.#path);
    }
  }
}

function open(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path, { timeout: 200 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const version = db.pragma('user_version', { simple: true });
    if (version === 0) {
      db.transaction(() => {
        db.exec(schema);
        db.pragma(`user_version = ${schemaVersion}`);
      })();
    } else if (version !== schemaVersion) {
      throw new StateError(
        'state_unusable',
        path,
        `The state file ${path} has version ${version}, this program knows ${schemaVersion}.`,
      );
    }
    db.exec('BEGIN IMMEDIATE; COMMIT');
    // Another program's file may have our version number, but not our tables.
    db.prepare('SELECT run.settings_digest, day.visits FROM run, day');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function asStateError(error: unknown, path: string): unknown {
  if (error instanceof StateError || !(error instanceof Error)) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StateError('state_locked', path, `Another run is using the state file ${path}.`);
  }
  if (/^(SQLITE|E[A-Z]+$)/.test(code)) {
    return new StateError(
      'state_unusable',
      path,
      `The state file ${path} cannot be used: ${error.message} (${code}).`,
    );
  }
  return error;
}
