import { StoreError } from '../../ports/store/kept.ts';
import type { Document, DocumentKind, Documents } from '../../ports/store/material.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import { InTurn } from '../in-turn.ts';

/**
 * The files that loaders read, with their versions. Version 0 means that there is none: whoever has seen
 * that there is none and writes one undoes nobody's work.
 */
export class KeptDocuments {
  readonly #store: Documents;
  readonly #audit: AuditTrail;
  readonly #turn = new InTurn();

  constructor(store: Documents, audit: AuditTrail) {
    this.#store = store;
    this.#audit = audit;
  }

  get(kind: DocumentKind): Promise<Document | null> {
    return this.#store.get(kind);
  }

  put(
    kind: DocumentKind,
    content: string,
    version: number | null,
    actor: Actor,
  ): Promise<Document> {
    return this.edit(kind, version, actor, async () => content);
  }

  /** Reads, changes and writes without another edit in between. */
  edit(
    kind: DocumentKind,
    version: number | null,
    actor: Actor,
    change: (before: Document | null) => Promise<string>,
  ): Promise<Document> {
    return this.#turn.run(async () => {
      const before = await this.#store.get(kind);
      checked(kind, before, version);
      const content = await change(before);
      const made = await this.#store.put(kind, content, before?.version ?? null);
      this.#note(actor, `${kind}.save`, { version: made.version, characters: content.length });
      return made;
    });
  }

  clear(kind: DocumentKind, version: number | null, actor: Actor): Promise<void> {
    return this.#turn.run(async () => {
      const before = await this.#store.get(kind);
      checked(kind, before, version);
      await this.#store.clear(kind, before?.version ?? null);
      this.#note(actor, `${kind}.clear`, {});
    });
  }

  #note(actor: Actor, action: string, detail: Readonly<Record<string, unknown>>): void {
    this.#audit.note(actor, { action, subject: null, outcome: 'done', detail });
  }
}

function checked(kind: DocumentKind, before: Document | null, version: number | null): void {
  const found = before?.version ?? 0;
  if (version === null || version === found) return;
  throw new StoreError(
    'edited_meanwhile',
    `The ${kind} were edited meanwhile: they have version ${found}, and ${version} was expected.`,
  );
}
