import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { go, place } from './router.ts';

/** What somebody wants a view to do as soon as it is there. It is in no address: a link starts nothing. */
type Intent =
  | { readonly act: 'apply_preset'; readonly subject: string }
  | { readonly act: 'test_targets' }
  | { readonly act: 'show_setting'; readonly subject: string };

const intent = signal<(Intent & { readonly view: string }) | null>(null);

// Whoever goes elsewhere wants it no more.
effect(() => {
  const { view } = place.value;
  const wanted = intent.peek();
  if (wanted !== null && wanted.view !== view) intent.value = null;
});

/** Goes to a view, which then does this. */
export function goAndDo(view: string, path: string, wanted: Intent): void {
  intent.value = { ...wanted, view };
  go(path);
}

/** In a view: does what is wanted of it, once, when it is `ready`. */
export function useIntent<A extends Intent['act']>(
  act: A,
  ready: boolean,
  then: (wanted: Extract<Intent, { readonly act: A }>) => void,
): void {
  const wanted = intent.value;
  useEffect(() => {
    if (!ready || wanted?.act !== act) return;
    intent.value = null;
    then(wanted as unknown as Extract<Intent, { readonly act: A }>);
  }, [ready, wanted]);
}
