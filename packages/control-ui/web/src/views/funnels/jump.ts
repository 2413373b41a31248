import { mistakes } from './judge.ts';
import { showStep } from './steps/open-step.ts';

/** Opens the place of a mistake, `steps.2.url` or `name`, and puts the focus there. */
export function jumpTo(path: string): void {
  const [first, at, field = 'type'] = path.split('.');
  const inStep = first === 'steps' && at !== undefined;
  if (inStep) showStep(Number(at));
  // The step's fields are there once it is drawn.
  requestAnimationFrame(() => {
    const within = inStep ? '.fsteps > li.open' : '.funnel-head';
    const place = document.querySelector(
      `${within} [data-field="${CSS.escape(inStep ? field : (first ?? ''))}"]`,
    );
    place?.querySelector<HTMLElement>('input, select')?.focus();
  });
}

let told: string | null = null;

/** The next mistake after the one that was jumped to last. */
export function nextMistake(): void {
  const places = [...mistakes.value.keys()];
  const next = places[places.indexOf(told ?? '') + 1] ?? places[0];
  if (next === undefined) return;
  told = next;
  jumpTo(next);
}
