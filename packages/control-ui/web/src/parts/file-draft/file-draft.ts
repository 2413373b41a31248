import { computed, signal } from '@preact/signals';
import { ask } from '../../api/client.ts';
import { keepText, keptText } from './kept-text.ts';

/** A file as the service keeps it. */
export interface SavedText {
  /** Line ends are `\n`, without a byte order mark, as a text field has them. */
  readonly text: string;
  readonly etag: string;
}

/** Of a file that nobody wrote: the built-in one applies. */
export const builtInTag = '"0"';

export interface FileKind {
  /** As it is saved to disk, and in sentences: `urls.txt`, `URLs`. */
  readonly file: string;
  readonly noun: string;
  /** Its address, and the view's. */
  readonly path: string;
  readonly view: string;
  readonly read: () => Promise<SavedText>;
}

/** As a text field holds it. */
export const asTyped = (text: string): string =>
  text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** Steps that can be taken back; each may be as long as the file. */
const mostSteps = 20;
const rest_ms = 2_000;

/** A file of the material while it is edited: what is saved, what is in the field, and the steps between. */
export class FileDraft {
  readonly kind: FileKind;
  readonly saved = signal<SavedText | null>(null);
  readonly text = signal('');
  /** Somebody else's version, as long as nobody decided. */
  readonly theirs = signal<SavedText | null>(null);
  /** Whether a reload of the page would bring the changes back. */
  readonly isKept = signal(true);
  #typed_ms = Number.NEGATIVE_INFINITY;
  readonly #steps = signal<readonly string[]>([]);
  readonly dirty = computed(
    () => this.saved.value !== null && this.text.value !== this.saved.value.text,
  );
  readonly canUndo = computed(() => this.#steps.value.length > 0);

  constructor(kind: FileKind) {
    this.kind = kind;
  }

  /** Reads what is saved. Changes stay; where somebody else saved meanwhile, a person decides. */
  async look(): Promise<void> {
    const before = this.saved.peek();
    if (before !== null) {
      const { etag } = await ask<unknown>('GET', this.kind.path);
      if (etag === before.etag) return;
    }
    const fresh = await this.kind.read();
    const kept = before === null ? keptText(this.kind.file) : null;
    if (kept !== null && kept.text !== fresh.text) {
      this.saved.value = { text: fresh.text, etag: kept.etag };
      this.text.value = kept.text;
    }
    if (this.dirty.peek() && this.saved.peek()?.etag !== fresh.etag) this.theirs.value = fresh;
    else if (!this.dirty.peek()) this.settle(fresh);
  }

  /** Takes what was read as the ground; without changes the field shows it. */
  settle(fresh: SavedText, text = fresh.text): void {
    this.saved.value = fresh;
    this.text.value = text;
    this.theirs.value = null;
    this.keep();
  }

  /** What was typed: after a rest it is a new step. The text field's own undo is finer. */
  type(text: string): void {
    const now_ms = performance.now();
    if (now_ms - this.#typed_ms < rest_ms) this.text.value = text;
    else this.change(text);
    this.#typed_ms = now_ms;
  }

  /** Another text at once: a step that can be taken back. */
  change(text: string): void {
    if (text === this.text.peek()) return;
    this.#steps.value = [...this.#steps.peek(), this.text.peek()].slice(-mostSteps);
    this.text.value = text;
  }

  undo(): void {
    const before = this.#steps.peek().at(-1);
    if (before === undefined) return;
    this.#steps.value = this.#steps.peek().slice(0, -1);
    this.#typed_ms = Number.NEGATIVE_INFINITY;
    this.text.value = before;
  }

  discard(): void {
    this.change(this.saved.peek()?.text ?? '');
  }

  /** Saves the field's text. @throws Problem; 412: somebody else was faster. */
  async save(): Promise<void> {
    await this.#put(this.text.peek(), this.saved.peek()?.etag ?? builtInTag);
  }

  /** Back to what is built in; `restore` saves again what was there, and failing that puts it into the field. */
  async reset(): Promise<{ readonly restore: () => Promise<void> }> {
    const before = this.saved.peek()?.text ?? '';
    await ask('DELETE', this.kind.path, { if_match: this.saved.peek()?.etag ?? builtInTag });
    this.settle(await this.kind.read());
    const restore = async () => {
      try {
        await this.#put(before, builtInTag);
      } catch (error) {
        this.change(before);
        throw error;
      }
    };
    return { restore };
  }

  /** Keeps the changes for a reload, in this tab. */
  keep(): void {
    const ground = this.saved.peek();
    if (ground === null) return;
    this.isKept.value = keepText(
      this.kind.file,
      this.dirty.peek() ? { text: this.text.peek(), etag: ground.etag } : null,
    );
  }

  async #put(text: string, if_match: string): Promise<void> {
    const { etag } = await ask<unknown>('PUT', this.kind.path, {
      body: { content: text },
      if_match,
    });
    // Whoever typed on while it was saved keeps that.
    const typed = this.text.peek();
    const isSame = typed === text || !this.dirty.peek();
    this.settle({ text, etag: etag ?? builtInTag }, isSame ? text : typed);
  }
}
