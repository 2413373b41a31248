import { useMemo } from 'preact/hooks';
import { count } from '../../format/numbers.ts';
import { Dialog } from '../dialog.tsx';
import { toast } from '../toast.tsx';
import type { FileDraft, SavedText } from './file-draft.ts';
import { lineDifferences } from './line-differences.ts';

const mostShown = 200;

/** Somebody saved the file while it was edited: both versions side by side, and the choice. */
export function Conflict({ draft }: { readonly draft: FileDraft }) {
  const theirs = draft.theirs.value;
  return theirs === null ? null : <Versions draft={draft} theirs={theirs} />;
}

function Versions(props: { readonly draft: FileDraft; readonly theirs: SavedText }) {
  const { draft, theirs } = props;
  const mine = draft.text.value;
  const differ = useMemo(() => lineDifferences(mine, theirs.text), [mine, theirs.text]);
  const { noun } = draft.kind;
  const close = () => {
    draft.theirs.value = null;
  };
  const keepMine = () => draft.settle(theirs, mine);
  const takeTheirs = () => {
    draft.settle(theirs, mine);
    draft.change(theirs.text);
    toast('The field has their version now.', () => draft.undo());
  };
  return (
    <Dialog
      title={`Somebody else saved the ${noun} meanwhile`}
      wide
      onClose={close}
      footer={
        <>
          <span class="small dim">Nothing is saved by this: you save next.</span>
          <span class="sp" />
          <button type="button" class="btn" onClick={takeTheirs}>
            Take theirs
          </button>
          <button type="button" class="btn primary" onClick={keepMine}>
            Keep mine
          </button>
        </>
      }
    >
      <div class="versions">
        <Version title="Saved now" text={theirs.text} only={differ.theirs} />
        <Version title="Yours" text={mine} only={differ.mine} />
      </div>
    </Dialog>
  );
}

function Version(props: {
  readonly title: string;
  readonly text: string;
  readonly only: readonly string[];
}) {
  const { title, only } = props;
  const lines = props.text.split('\n').length;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p class="small dim">
        {count(lines)} lines, {count(only.length)} of them only here
        {only.length > mostShown && `; the first ${mostShown} are shown`}
      </p>
      <pre class="version">{only.slice(0, mostShown).join('\n')}</pre>
    </section>
  );
}
