import { z } from 'zod';
import type { Audit, AuditEntry } from '../../ports/store/audit.ts';
import type { Page, PageQuery } from '../../ports/store/kept.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { jsonColumn, pageOf, record } from './rows.ts';

const auditRow = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.string(),
  address: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: jsonColumn(record),
});

/** So many of the last entries are kept: some 20 MB. */
const longest = 100_000;

export class AuditRows implements Sync<Audit> {
  readonly #db: Database;
  readonly #longest: number;

  constructor(db: Database, longestTrail = longest) {
    this.#db = db;
    this.#longest = longestTrail;
  }

  append(entry: AuditEntry): void {
    this.#db
      .transaction(() => {
        const { lastInsertRowid } = this.#db
          .prepare(
            `INSERT INTO audit (at, actor, address, action, subject, outcome, detail)
             VALUES (@at, @actor, @address, @action, @subject, @outcome, @detail)`,
          )
          .run({ ...entry, detail: JSON.stringify(entry.detail) });
        const gone = Number(lastInsertRowid) - this.#longest;
        this.#db.prepare('DELETE FROM audit WHERE id <= ?').run(gone);
      })
      .immediate();
  }

  list(query: PageQuery): Page<AuditEntry & { readonly id: number }> {
    const total = Number(this.#db.prepare('SELECT count(*) FROM audit').pluck().get());
    const select = this.#db.prepare('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?');
    return pageOf(
      query,
      total,
      (below, limit) => z.array(auditRow).parse(select.all(below, limit)),
      (row) => row.id,
      (row) => row,
    );
  }
}
