import { useState } from 'preact/hooks';
import { Dialog } from '../../../parts/dialog.tsx';
import type { Step } from '../draft.ts';
import { addStep, removeStep } from '../editing.ts';
import { blankStep, kindNames, kinds, type StepKind } from './kinds.ts';
import { showStep } from './open-step.ts';

/** Adds a step, and what can be done with the open one. */
export function StepActs({
  steps,
  open,
}: {
  readonly steps: readonly Step[];
  readonly open: number | null;
}) {
  const [adding, setAdding] = useState(false);
  const add = (type: StepKind) => {
    const at = open === null ? steps.length : open + 1;
    addStep(blankStep(type), at);
    showStep(at);
    setAdding(false);
  };
  const step = steps[open ?? -1];
  return (
    <p class="row step-acts">
      <button type="button" class="btn" onClick={() => setAdding(true)}>
        Add a step…
      </button>
      {open !== null && step !== undefined && (
        <>
          <button
            type="button"
            class="btn quiet"
            onClick={() => {
              addStep(step.fields, open + 1);
              showStep(open + 1);
            }}
          >
            Duplicate step {open + 1}
          </button>
          <button
            type="button"
            class="btn quiet"
            onClick={() => {
              removeStep(open, blankStep('pageview'));
              showStep(null);
            }}
          >
            Remove step {open + 1}
          </button>
        </>
      )}
      <span class="sp" />
      <span class="small dim hide-s">
        <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves a step
      </span>
      {adding && (
        <Dialog
          title={open === null ? 'Add a step at the end' : `Add a step after step ${open + 1}`}
          onClose={() => setAdding(false)}
        >
          <ul class="kinds">
            {kindNames.map((name) => (
              <li key={name}>
                <button type="button" class="link strong" onClick={() => add(name)}>
                  {kinds[name].word}
                </button>
                <span class="mid">{kinds[name].about}</span>
                <code class="dim">{name}</code>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </p>
  );
}
