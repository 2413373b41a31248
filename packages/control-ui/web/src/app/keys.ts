import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Key, type KeyName, nameOfKey, orderOf } from './key-names.ts';

/** Returns false where it leaves the key to the browser. */
type Act = (event: KeyboardEvent) => unknown;
/** What a view does with a key that has another meaning elsewhere. */
interface Named extends KeyName {
  readonly act: Act;
}
/** What keys do, by the names of the list of keys; undefined: nothing now, so the sheet has it not. */
export type Keys = { readonly [K in Key]?: Act | Named | undefined };

interface Bound extends KeyName {
  readonly key: Key;
  readonly act: Act;
}
interface Listener {
  readonly list: string;
  readonly find: (key: string) => Bound | null;
  readonly all: () => readonly Bound[];
}

const listeners = signal<readonly Listener[]>([]);

/** Every key that does something now, in the order of the list; of the same key, what is shown last. */
export const boundKeys = computed<readonly Bound[]>(() => {
  const all = listeners.value.flatMap((each) => each.all());
  return all
    .filter(({ key }, at) => all.findIndex((other) => other.key === key) === at)
    .toSorted((a, b) => orderOf(a.key) - orderOf(b.key));
});

const typed =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]';

export const isTyping = (target: EventTarget | null): boolean =>
  (target as Element | null)?.closest?.(typed) != null;
export const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null;

/** These are no letters that one could want to type. */
const whileTyping: ReadonlySet<string> = new Set(['Mod+k', 'Mod+Enter', 'Escape']);

/** Keys of a part while it is shown: off while one types or a dialog is open. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Another set of keys is told to the sheet; other functions behind the same keys are not.
  const list = Object.entries(keys)
    .flatMap(([key, act]) => (act === undefined ? [] : [key]))
    .join(' ');
  useEffect(() => {
    const of = (key: string): Bound | null => {
      const given = latest.current[key as Key];
      if (given === undefined) return null;
      if (typeof given === 'function') {
        return { ...nameOfKey(key as Key), key: key as Key, act: given };
      }
      return { ...given, key: key as Key };
    };
    const own: Listener = {
      list,
      find: of,
      all: () => list.split(' ').flatMap((key) => of(key) ?? []),
    };
    listeners.value = [own, ...listeners.peek()];
    return () => {
      listeners.value = listeners.peek().filter((each) => each !== own);
    };
  }, [list]);
}

/** The same key without Shift, or on another layout. */
const aliases: Readonly<Record<string, string>> = { '=': '+', _: '-', '−': '-' };

/** The key as the list of keys has it. */
function nameOf(event: KeyboardEvent): string {
  const key = aliases[event.key] ?? event.key;
  if (event.metaKey || event.ctrlKey) return event.shiftKey || event.altKey ? '' : `Mod+${key}`;
  return event.altKey ? `Alt+${key}` : key;
}

/** Listens for all keys of all parts. */
export function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = nameOf(event);
    if (isTyping(event.target) && !whileTyping.has(key)) return;
    if (isDialogOpen()) return;
    for (const each of listeners.value) {
      const bound = each.find(key);
      if (bound === null) continue;
      if (bound.act(event) === false) continue;
      event.preventDefault();
      return;
    }
  });
}
