import type { DocumentAnswer, DocumentBody } from '@trafficinator/contract/rest';
import type { Document, DocumentKind } from '../../ports/store/material.ts';
import type { Actor } from '../audit-trail.ts';
import { shownProblems } from '../shown-problems.ts';
import { documentRefusal, textOf } from './document-mistakes.ts';
import type { KeptDocuments } from './kept-documents.ts';
import type { Validator } from './validators.ts';

/** A file that is kept as it was written, judged before. */
export class KeptFile {
  readonly kind: DocumentKind;
  readonly #kept: KeptDocuments;
  readonly #judge: Validator;

  constructor(kind: DocumentKind, kept: KeptDocuments, judge: Validator) {
    this.kind = kind;
    this.#kept = kept;
    this.#judge = judge;
  }

  async get(): Promise<DocumentAnswer> {
    return this.#answer(await this.#kept.get(this.kind));
  }

  /** @throws Refusal with all mistakes; then nothing was changed. */
  async save(body: DocumentBody, version: number | null, actor: Actor): Promise<DocumentAnswer> {
    const { text, root } = textOf(body);
    const problems = this.#judge(text);
    if (problems.some(({ severity }) => severity === 'error')) {
      throw documentRefusal(problems, root);
    }
    return this.#answer(await this.#kept.put(this.kind, text, version, actor));
  }

  clear(version: number | null, actor: Actor): Promise<void> {
    return this.#kept.clear(this.kind, version, actor);
  }

  #answer(document: Document | null): DocumentAnswer {
    const problems = document === null ? [] : this.#judge(document.content);
    return {
      source: document === null ? 'default' : 'custom',
      version: document?.version ?? 0,
      updated_at: document?.updated_at ?? null,
      content: document?.content ?? null,
      valid: problems.every(({ severity }) => severity !== 'error'),
      problems: shownProblems(problems),
    };
  }
}
