import { z } from 'zod';
import {
  type Document,
  type DocumentKind,
  type Documents,
  documentKinds,
} from '../../ports/store/material.ts';
import type { Database } from './connection.ts';
import type { Sync } from './protocol.ts';
import { checkVersion } from './rows.ts';

const documentRow = z.object({
  kind: z.enum(documentKinds),
  content: z.string().nullable(),
  version: z.number(),
  updated_at: z.string(),
});

export class DocumentRows implements Sync<Documents> {
  readonly #db: Database;
  readonly #now: () => string;

  constructor(db: Database, now: () => string) {
    this.#db = db;
    this.#now = now;
  }

  get(kind: DocumentKind): Document | null {
    const row = this.#row(kind);
    return row === null || row.content === null ? null : { ...row, content: row.content };
  }

  put(kind: DocumentKind, content: string, version: number | null): Document {
    this.#write(kind, content, version);
    return this.get(kind) as Document;
  }

  clear(kind: DocumentKind, version: number | null): void {
    if ((this.#row(kind)?.content ?? null) === null) return;
    this.#write(kind, null, version);
  }

  #write(kind: DocumentKind, content: string | null, version: number | null): void {
    this.#db
      .transaction(() => {
        const found = this.#row(kind)?.version ?? 0;
        checkVersion(`list of ${kind}`, found, version);
        this.#db
          .prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)')
          .run(kind, content, found + 1, this.#now());
      })
      .immediate();
  }

  #row(kind: DocumentKind): z.output<typeof documentRow> | null {
    const row = this.#db.prepare('SELECT * FROM documents WHERE kind = ?').get(kind);
    return row === undefined ? null : documentRow.parse(row);
  }
}
