import { isComplaint, trackerUrl } from '@trafficinator/contract';
import { change, changeMany, formValue } from './form.ts';
import type { Row } from './rows.ts';

/** What would mend an error, where that is plain. */
export function Fix({ row }: { readonly row: Row }) {
  const [first, second] = row.settings;
  const value = formValue(first.name);
  if (second !== undefined) {
    const other = formValue(second.name);
    if (typeof value !== 'number' || typeof other !== 'number' || value <= other) return null;
    return (
      <button
        type="button"
        class="link"
        onClick={() => changeMany({ [first.name]: other, [second.name]: value })}
      >
        Swap
      </button>
    );
  }
  if (first.kind !== 'text' || first.format !== 'url' || typeof value !== 'string') return null;
  if (/^\w+:/.test(value) && !/^[\w.-]+:\d/.test(value)) return null;
  const whole = trackerUrl('', `https://${value.trim().replace(/^\/+/, '')}`);
  if (isComplaint(whole)) return null;
  return (
    <button type="button" class="link" onClick={() => change(first.name, whole.value)}>
      Use {whole.value}
    </button>
  );
}
