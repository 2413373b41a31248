import { saved } from './form.ts';

/** Brings a field into view and puts the cursor into it. The greatest of two stands beside the least. */
export function jumpTo(name: string): void {
  const control = document.getElementById(name);
  const place = control ?? document.getElementById(`f-${name}`);
  place?.scrollIntoView({ block: 'center' });
  control?.focus({ preventScroll: true });
}

export const labelOf = (name: string): string => {
  const label = saved.value?.list[name]?.label;
  return label === undefined ? name : label;
};
