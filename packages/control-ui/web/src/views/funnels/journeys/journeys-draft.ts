import { computed } from '@preact/signals';
import { readJourneys } from '@trafficinator/contract/journeys-file';
import type { DocumentAnswer } from '@trafficinator/contract/rest';
import { ask } from '../../../api/client.ts';
import { asTyped, builtInTag, FileDraft } from '../../../parts/file-draft/file-draft.ts';

/** The journeys file while it is edited; an empty text is no file, and the built-in personas apply. */
export const journeys = new FileDraft({
  file: 'journeys.json',
  noun: 'journeys',
  path: '/api/journeys',
  view: 'funnels/journeys',
  read: async () => {
    const { value, etag } = await ask<DocumentAnswer>('GET', '/api/journeys');
    return { text: asTyped(value.content ?? ''), etag: etag ?? builtInTag };
  },
});

export const isEmpty = computed(() => journeys.text.value.trim() === '');

/** What the loader's rules make of the text. file null: it has mistakes, or there is none. */
export const readText = computed(() =>
  isEmpty.value
    ? { file: null, problems: [] }
    : readJourneys(journeys.text.value, journeys.kind.file),
);
