import { setQuery } from '../../app/router.ts';
import { toast } from '../../parts/toast.tsx';
import { saved } from './form.ts';

/** Brings a field into view and puts the cursor into it. The greatest of two stands beside the least. */
export function jumpTo(name: string): void {
  const control = document.getElementById(name);
  const place = control ?? document.getElementById(`f-${name}`);
  place?.scrollIntoView({ block: 'center' });
  control?.focus({ preventScroll: true });
}

/** The same from outside of the form: filters that could hide it are taken off. */
export function showSetting(name: string): void {
  setQuery({ q: null, changed: null });
  requestAnimationFrame(() => {
    if (document.getElementById(name) ?? document.getElementById(`f-${name}`)) jumpTo(name);
    else toast(`${labelOf(name)} is shown when what it depends on is switched on.`);
  });
}

export const labelOf = (name: string): string => {
  const label = saved.value?.list[name]?.label;
  return label === undefined ? name : label;
};
