import { askText } from '../../api/client.ts';
import { asTyped, builtInTag, FileDraft } from '../../parts/file-draft/file-draft.ts';

/** The URL list while it is edited. */
export const urls = new FileDraft({
  file: 'urls.txt',
  noun: 'URLs',
  path: '/api/urls',
  view: 'urls',
  read: async () => {
    const { value, etag } = await askText('GET', '/api/urls/content');
    return { text: asTyped(value), etag: etag ?? builtInTag };
  },
});
