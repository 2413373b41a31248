import { computed, signal } from '@preact/signals';
import { funnelMistakes, readFunnels } from '@trafficinator/contract/funnels-file';
import { editing, written } from './editing.ts';

/** Names of the other funnels: runs know a funnel by its name, so each is there once. */
export const otherNames = signal<readonly string[]>([]);

/** What is wrong with the draft, by place in the funnel: `steps.2.url` → `is missing`. */
export const mistakes = computed<ReadonlyMap<string, readonly string[]>>(() => {
  const funnel = written.value;
  const found = new Map<string, readonly string[]>();
  if (funnel === null) return found;
  for (const { path, text } of funnelMistakes([funnel])) {
    const place = path.slice(1).map(String).join('.');
    found.set(place, [...(found.get(place) ?? []), text]);
  }
  const { name } = funnel;
  if (typeof name === 'string' && otherNames.value.includes(name.trim())) {
    found.set('name', [...(found.get('name') ?? []), 'is the name of another funnel']);
  }
  return found;
});

export const mistakesAt = (place: string): readonly string[] => mistakes.value.get(place) ?? [];

/** How many mistakes the step at a position has. */
export const mistakesOfStep = (at: number): number =>
  [...mistakes.value].reduce(
    (sum, [place, texts]) =>
      place === `steps.${at}` || place.startsWith(`steps.${at}.`) ? sum + texts.length : sum,
    0,
  );

export const mistakeCount = computed(() =>
  [...mistakes.value.values()].reduce((sum, texts) => sum + texts.length, 0),
);

/** What a reader may not expect of a funnel that can be used. */
export const warnings = computed(() => {
  if (written.value === null || editing.value === null || mistakes.value.size > 0) return [];
  return readFunnels(JSON.stringify([written.value]), 'funnel').problems.filter(
    ({ severity }) => severity !== 'error',
  );
});
