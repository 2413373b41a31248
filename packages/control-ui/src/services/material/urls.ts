import type { UrlsAnswer, UrlsVerdict } from '@trafficinator/contract/rest';
import type { BuiltInMaterial } from '../../ports/built-in-material.ts';
import type { Document } from '../../ports/store/material.ts';
import { Refusal } from '../../refusal.ts';
import type { Actor } from '../audit-trail.ts';
import type { KeptDocuments } from './kept-documents.ts';
import { shortened, urlMistakes } from './url-mistakes.ts';
import { structureOf } from './url-structure.ts';
import { readUrls, type UrlsRead } from './urls-reader.ts';

const mostProblems = 100;
const longestLine = 2_000;

/** The list of URLs that visits are made of. */
export class Urls {
  readonly #kept: KeptDocuments;
  readonly #builtIn: BuiltInMaterial;
  /** The last list that was judged: most questions are about the same one. */
  #last: { readonly content: string; readonly verdict: UrlsVerdict } | null = null;

  constructor(kept: KeptDocuments, builtIn: BuiltInMaterial) {
    this.#kept = kept;
    this.#builtIn = builtIn;
  }

  async get(): Promise<UrlsAnswer> {
    return this.#answer(await this.#kept.get('urls'));
  }

  /** The text of the list in force, and its version; 0: it is the built-in one. */
  async content(): Promise<{ readonly text: string; readonly version: number }> {
    const document = await this.#kept.get('urls');
    if (document !== null) return { text: document.content, version: document.version };
    return { text: await this.#builtIn.urls(), version: 0 };
  }

  /** Some lines of the text in force; `from` counts from 1. */
  async lines(from: number, limit: number) {
    const all = linesOf((await this.content()).text);
    const lines = all.slice(from - 1, from - 1 + limit).map((text, at) => ({
      line: from + at,
      text: text.slice(0, longestLine).toWellFormed(),
      cut: text.length > longestLine,
    }));
    return { from, total: all.length, lines };
  }

  /** What a list would be; nothing is kept. */
  judge(content: string): UrlsVerdict {
    if (this.#last?.content === content) return this.#last.verdict;
    const { urls, duplicates, problems } = readUrls(content);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const verdict: UrlsVerdict = {
      valid: errors === 0,
      url_count: urls.length,
      line_count: linesOf(content).length,
      duplicates,
      errors,
      warnings: problems.length - errors,
      problems: problems
        .slice(0, mostProblems)
        .map((each) => ({ ...each, message: shortened(each.message) })),
      structure: structureOf(urls),
    };
    this.#last = { content, verdict };
    return verdict;
  }

  /** @throws Refusal when a line has an error: then nothing is kept. */
  async save(content: string, version: number | null, actor: Actor): Promise<UrlsAnswer> {
    const verdict = this.judge(content);
    if (!verdict.valid) throw refused(verdict, readUrls(content).problems);
    return this.#answer(await this.#kept.put('urls', content, version, actor));
  }

  /** Back to the built-in list. */
  clear(version: number | null, actor: Actor): Promise<void> {
    return this.#kept.clear('urls', version, actor);
  }

  async #answer(document: Document | null): Promise<UrlsAnswer> {
    const verdict = this.judge(document?.content ?? (await this.#builtIn.urls()));
    return {
      ...verdict,
      source: document === null ? 'default' : 'custom',
      version: document?.version ?? 0,
      updated_at: document?.updated_at ?? null,
    };
  }
}

/** Lines of a text; the last line end begins no line. */
function linesOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function refused(verdict: UrlsVerdict, problems: UrlsRead['problems']): Refusal {
  const told = verdict.errors > mostProblems ? `; the first ${mostProblems} are listed` : '';
  return new Refusal('request_invalid', {
    message: `The URL list has ${verdict.errors} lines that cannot be used${told}. Nothing was changed.`,
    remedy: 'Mend what errors lists.',
    errors: urlMistakes(problems, '/content'),
  });
}
