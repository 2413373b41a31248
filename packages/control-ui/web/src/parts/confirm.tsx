import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './note.tsx';
import { useAct } from './use-act.ts';

interface Question {
  /** With the object: `Stop loader-1?` */
  readonly title: string;
  /** What will happen. */
  readonly effects: string;
  /** The verb: the button says what it does. */
  readonly verb: string;
  readonly busy: string;
  readonly danger?: boolean;
  /** Has to be typed first; for what cannot be undone and is large. */
  readonly typed?: string;
  readonly act: () => Promise<void>;
}

const question = signal<Question | null>(null);

/** Asks before something is done; what failed is told in the dialog. */
export function confirm(asked: Question): void {
  question.value = asked;
}

export function ConfirmDialog() {
  const asked = question.value;
  return asked === null ? null : <Asking key={asked.title} asked={asked} />;
}

function Asking({ asked }: { readonly asked: Question }) {
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState('');
  const close = () => {
    if (!busy) question.value = null;
  };
  const act = async () => {
    await run(async () => {
      await asked.act();
      question.value = null;
    });
  };
  const ready = asked.typed === undefined || typed.trim() === asked.typed;
  return (
    <Dialog
      title={asked.title}
      onClose={close}
      footer={
        <>
          <span class="sp" />
          <button type="button" class="btn" onClick={close} disabled={busy}>
            Cancel
          </button>
          <button
            type="button"
            class={`btn ${asked.danger ? 'danger' : 'primary'}`}
            onClick={act}
            disabled={busy || !ready}
          >
            {busy ? asked.busy : asked.verb}
          </button>
        </>
      }
    >
      <p>{asked.effects}</p>
      {asked.typed !== undefined && (
        <label class="lbl">
          Type “{asked.typed}” to go on
          <input
            class="in"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      )}
      <ProblemNote error={error} />
    </Dialog>
  );
}
