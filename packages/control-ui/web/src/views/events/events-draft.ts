import { signal } from '@preact/signals';
import type { EventsAnswer } from '@trafficinator/contract/rest';
import { ask } from '../../api/client.ts';
import { asTyped, builtInTag, FileDraft } from '../../parts/file-draft/file-draft.ts';

/** What applies where the file says nothing of a list. */
export const builtIn = signal<EventsAnswer['built_in']>({ click_events: [], random_events: [] });

/** The events file while it is edited. Where there is none the field has a file that says nothing. */
export const events = new FileDraft({
  file: 'events.json',
  noun: 'events',
  path: '/api/events',
  view: 'events',
  read: async () => {
    const { value, etag } = await ask<EventsAnswer>('GET', '/api/events');
    builtIn.value = value.built_in;
    return { text: asTyped(value.content ?? '{}\n'), etag: etag ?? builtInTag };
  },
});
