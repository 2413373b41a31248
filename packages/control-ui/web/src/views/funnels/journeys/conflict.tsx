import type { JourneysDocument } from '../../../api/journeys.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { begin, editing, savedText, theirs } from './text.ts';

/** Somebody saved other journeys while these were edited: both versions side by side. */
export function Conflict({ fresh }: { readonly fresh: JourneysDocument }) {
  const mine = editing.value?.text ?? '';
  return (
    <Dialog
      title="Somebody saved other journeys meanwhile"
      wide
      onClose={() => {
        theirs.value = null;
      }}
      footer={
        <>
          <span class="small dim">Nothing is saved yet.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={() => begin(fresh, savedText(fresh))}>
            Take theirs
          </button>
          <button type="button" class="btn primary" onClick={() => begin(fresh, mine)}>
            Keep mine
          </button>
        </>
      }
    >
      <div class="two-texts">
        <section aria-label="Saved now">
          <h3>Saved now</h3>
          <pre class="mono">
            {fresh.content ?? 'There is no file: the built-in journeys apply.'}
          </pre>
        </section>
        <section aria-label="Yours">
          <h3>Yours</h3>
          <pre class="mono">{mine}</pre>
        </section>
      </div>
    </Dialog>
  );
}
