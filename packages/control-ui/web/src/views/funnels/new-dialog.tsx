import type { Fields } from '../../api/funnels.ts';
import { go } from '../../app/router.ts';
import { percent } from '../../format/percent.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { beginNew } from './editing.ts';
import { otherNames } from './judge.ts';
import { keptDraft } from './kept-draft.ts';
import { freeName } from './names.ts';
import { wordOf } from './steps/kinds.ts';
import { blankFunnel, templates } from './templates.ts';

/** Which funnel to begin with. */
export function NewDialog({ onClose }: { readonly onClose: () => void }) {
  const begin = (funnel: Fields) => {
    onClose();
    beginNew({ ...funnel, name: freeName(String(funnel.name), otherNames.value) });
    go('/funnels/new');
  };
  const waiting = keptDraft('new');
  return (
    <Dialog title="New funnel" wide onClose={onClose}>
      <p class="mid">
        Nothing is saved until you save it. Relative addresses are pages of the site that your URL
        list begins with.
      </p>
      {waiting !== null && (
        <Note kind="info">
          “{String(waiting.draft.fields.name ?? '')}” is new and not saved yet.{' '}
          <a href="/funnels/new" onClick={onClose}>
            Open it
          </a>
          , or begin another one in its place.
        </Note>
      )}
      <ul class="kinds">
        {templates.map(({ title, about, funnel }) => (
          <li key={title}>
            <button type="button" class="link strong" onClick={() => begin(funnel)}>
              {title}
            </button>
            <span>
              {about}
              <span class="small dim steps-line">
                {stepsLine(funnel)} · probability {percent(Number(funnel.probability))}
              </span>
            </span>
          </li>
        ))}
        <li>
          <button type="button" class="link strong" onClick={() => begin(blankFunnel)}>
            Without a template
          </button>
          <span>One page view, and what you add.</span>
        </li>
      </ul>
    </Dialog>
  );
}

const stepsLine = (funnel: Fields): string =>
  (funnel.steps as readonly Fields[]).map(wordOf).join(' → ');
