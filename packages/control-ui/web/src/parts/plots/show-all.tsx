import type { Zoom } from './zoom.ts';

/** The way back out of a zoom. */
export function ShowAll({ zoom }: { readonly zoom: Zoom }) {
  if (zoom.span === null) return null;
  return (
    <button type="button" class="btn quiet" onClick={() => zoom.setSpan(null)}>
      Show all <kbd>0</kbd>
    </button>
  );
}
