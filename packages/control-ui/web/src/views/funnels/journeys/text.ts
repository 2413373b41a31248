import { computed, signal } from '@preact/signals';
import { readJourneys } from '@trafficinator/contract/journeys-file';
import type { JourneysDocument } from '../../../api/journeys.ts';

/** The saved document, and the text as it is edited. */
export interface Editing {
  readonly saved: JourneysDocument;
  readonly text: string;
}

export const editing = signal<Editing | null>(null);
/** Somebody saved another one while this one was edited. */
export const theirs = signal<JourneysDocument | null>(null);

export const savedText = ({ content }: JourneysDocument): string => content ?? '';
export const isChanged = computed(
  () => editing.value !== null && editing.value.text !== savedText(editing.value.saved),
);

const place = 'journeys-draft';

/** Takes what was read; a text that is not saved stays, over a reload in this tab too. */
export function settle(fresh: JourneysDocument): void {
  const now = editing.value;
  if (now === null) {
    const kept = keptText();
    editing.value = { saved: fresh, text: kept ?? savedText(fresh) };
  } else if (!isChanged.value) {
    editing.value = { saved: fresh, text: savedText(fresh) };
  } else if (now.saved.version !== fresh.version) {
    theirs.value = fresh;
  }
}

/** Goes on with a text on the ground of what is saved. */
export function begin(saved: JourneysDocument, text: string): void {
  theirs.value = null;
  editing.value = { saved, text };
  keep();
}

export function change(text: string): void {
  if (editing.value !== null) begin(editing.value.saved, text);
}

/** What the loader's rules say of the text; an empty one is no file. */
export const problems = computed(() => {
  const text = editing.value?.text ?? '';
  return text.trim() === '' ? [] : readJourneys(text, 'journeys.json').problems;
});

/** The journeys of the text; null: it has mistakes, or there is none. */
export const file = computed(() => {
  const text = editing.value?.text ?? '';
  return text.trim() === '' ? null : readJourneys(text, 'journeys.json').file;
});

function keptText(): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

function keep(): void {
  try {
    if (isChanged.value) sessionStorage.setItem(place, editing.value?.text ?? '');
    else sessionStorage.removeItem(place);
  } catch {
    // Private windows may not keep anything.
  }
}
