import type { LiveState, RememberedRun } from './live-state.ts';
import { type Database, guarded, openStateFile, type Statement } from './sqlite.ts';

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
  readonly #db: Database;
  readonly #reserve: (index: number, day: string, active_ms: number) => void;
  readonly #save: Statement;
  #rowid = 0;

  /** Opens or makes the file; throws a StateError when another run holds it or it cannot be used. */
  constructor(path: string) {
    this.#path = path;
    this.#db = openStateFile(path, schema, schemaVersion, false);
    this.#guard(() => this.#probe());
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

  /** Another program's file may have our version number, but not our tables. */
  #probe(): void {
    try {
      this.#db.prepare('SELECT run.settings_digest, day.visits FROM run, day');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #guard<T>(action: () => T): T {
    return guarded(this.#path, action);
  }
}
