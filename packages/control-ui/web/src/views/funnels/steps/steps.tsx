import { Glyph } from '../../../parts/glyph.tsx';
import { useSortable } from '../../../parts/sortable.ts';
import type { Step } from '../draft.ts';
import { moveStep } from '../editing.ts';
import { mistakesOfStep } from '../judge.ts';
import { wordOf } from './kinds.ts';
import { openStep, showStep } from './open-step.ts';
import { StepActs } from './step-acts.tsx';
import { StepBody } from './step-body.tsx';
import { stepText, waitText } from './step-text.ts';

/** The funnel's steps in their order; one of them is open. */
export function Steps({
  steps,
  readOnly,
}: {
  readonly steps: readonly Step[];
  readonly readOnly: boolean;
}) {
  const open = openStep(steps.length);
  const move = (from: number, to: number) => {
    const followed = steps[open ?? -1]?.key;
    const order = steps.toSpliced(from, 1).toSpliced(to, 0, steps[from] as Step);
    moveStep(from, to);
    if (followed !== undefined) showStep(order.findIndex(({ key }) => key === followed));
  };
  const { list, row, grip, told } = useSortable(steps.length, readOnly ? null : move);
  return (
    <>
      <ol
        class="fsteps"
        aria-label="Steps"
        ref={(element) => {
          list.current = element;
        }}
      >
        {steps.map((step, at) => {
          const { class: moving, onKeyDown } = row(at);
          const wrong = mistakesOfStep(at);
          const [first, second] = stepText(step.fields);
          return (
            <li
              key={step.key}
              class={`${at === open ? 'open' : ''} ${wrong > 0 ? 'wrong' : ''} ${moving}`}
              onKeyDown={onKeyDown}
            >
              {readOnly ? (
                <span />
              ) : (
                <button
                  class="grip"
                  type="button"
                  aria-label={`Move step ${at + 1}: drag, or Alt and arrow keys`}
                  {...grip(at)}
                >
                  <Glyph name="grip" />
                </button>
              )}
              <button
                class="line"
                type="button"
                aria-expanded={at === open}
                onClick={() => showStep(at === open ? null : at)}
              >
                <span class="dim num">{at + 1}</span>
                <span class="kind">{wordOf(step.fields)}</span>
                <span class="clip">
                  {first} <span class="dim">{second}</span>
                  {wrong > 0 && (
                    <span class="o-failed small">
                      {' '}
                      <Glyph name="failed" tone="failed" /> {wrong}{' '}
                      {wrong === 1 ? 'mistake' : 'mistakes'}
                    </span>
                  )}
                </span>
                <span class="small dim nowrap">{waitText(step.fields)}</span>
              </button>
              {at === open && <StepBody step={step} at={at} readOnly={readOnly} />}
            </li>
          );
        })}
      </ol>
      <p class="sr" role="status">
        {told !== '' && `Step ${told}`}
      </p>
      {!readOnly && <StepActs steps={steps} open={open} />}
    </>
  );
}
