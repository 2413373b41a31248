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
import type { Secrets } from './secrets.ts';

const documentRow = z.object({
  kind: z.enum(documentKinds),
  content: z.string().nullable(),
  version: z.number(),
  updated_at: z.string(),
});

/** A list of targets holds tokens: the whole of it is kept sealed, however it is written. */
const isSealed = (kind: DocumentKind): boolean => kind === 'targets';

/** What stands in the content column of a sealed document. */
const elsewhere = '';

export class DocumentRows implements Sync<Documents> {
  readonly #db: Database;
  readonly #secrets: Secrets;
  readonly #now: () => string;

  constructor(db: Database, secrets: Secrets, now: () => string) {
    this.#db = db;
    this.#secrets = secrets;
    this.#now = now;
  }

  get(kind: DocumentKind): Document | null {
    const row = this.#row(kind);
    if (row === null || row.content === null) return null;
    if (!isSealed(kind)) return { ...row, content: row.content };
    return { ...row, content: this.#secrets.get(ownerOf(kind), 'content', '') ?? '' };
  }

  put(kind: DocumentKind, content: string, version: number | null): Document {
    this.#write(kind, isSealed(kind) ? elsewhere : content, version, () => {
      if (isSealed(kind)) this.#secrets.put(ownerOf(kind), 'content', '', content);
    });
    return this.get(kind) as Document;
  }

  clear(kind: DocumentKind, version: number | null): void {
    if ((this.#row(kind)?.content ?? null) === null) return;
    this.#write(kind, null, version, () => this.#secrets.removeAll(ownerOf(kind)));
  }

  #write(
    kind: DocumentKind,
    content: string | null,
    version: number | null,
    also: () => void,
  ): void {
    this.#db
      .transaction(() => {
        const found = this.#row(kind)?.version ?? 0;
        checkVersion(`list of ${kind}`, found, version);
        this.#db
          .prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)')
          .run(kind, content, found + 1, this.#now());
        also();
      })
      .immediate();
  }

  #row(kind: DocumentKind): z.output<typeof documentRow> | null {
    const row = this.#db.prepare('SELECT * FROM documents WHERE kind = ?').get(kind);
    return row === undefined ? null : documentRow.parse(row);
  }
}

const ownerOf = (kind: DocumentKind): string => `document ${kind}`;
