/** What a key is for, in words, and in which part of the sheet it stands. One meaning everywhere, where a view does not say otherwise. */
export interface KeyName {
  readonly part: KeyPart;
  readonly text: string;
}

/** Parts of the sheet, in their order. */
export const keyParts = [
  'Everywhere',
  'Go to',
  'Loader (asks first)',
  'Graphs',
  'Settings',
  'Lists and logs',
  'Editor',
] as const;
type KeyPart = (typeof keyParts)[number];

/**
 * By `KeyboardEvent.key`, in the order of the sheet. `Mod+` is ⌘ on a Mac and Ctrl elsewhere, `Alt+` is Alt.
 * A key is in the sheet only while something is there that it does.
 */
const keyList = [
  ['Mod+k', 'Everywhere', 'Search or run a command'],
  ['?', 'Everywhere', 'This sheet'],
  ['/', 'Everywhere', 'Search here'],
  ['t', 'Everywhere', 'Theme: auto, light, dark'],
  ['Escape', 'Everywhere', 'Close, leave a field'],
  ['s', 'Loader (asks first)', 'Start or stop'],
  ['r', 'Loader (asks first)', 'Restart'],
  ['ArrowLeft', 'Graphs', 'Cursor to the left'],
  ['ArrowRight', 'Graphs', 'Cursor to the right'],
  ['+', 'Graphs', 'Zoom in'],
  ['-', 'Graphs', 'Zoom out'],
  ['0', 'Graphs', 'All of it, and live'],
  ['n', 'Settings', 'Next error'],
  ['Mod+z', 'Settings', 'Undo'],
  ['Mod+Enter', 'Settings', 'Review and apply'],
  ['j', 'Lists and logs', 'Next row'],
  ['k', 'Lists and logs', 'Previous row'],
  ['Enter', 'Lists and logs', 'Open'],
  ['x', 'Lists and logs', 'Select'],
  ['c', 'Lists and logs', 'Compare two runs'],
  ['f', 'Lists and logs', 'Follow the log, or hold it still'],
  ['N', 'Lists and logs', 'Previous match'],
  ['Alt+ArrowUp', 'Editor', 'Move a step up'],
  ['Alt+ArrowDown', 'Editor', 'Move a step down'],
] as const satisfies readonly (readonly [string, KeyPart, string])[];

export type Key = (typeof keyList)[number][0];

/** The place of a key in the sheet. */
export const orderOf = (key: Key): number => keyList.findIndex(([each]) => each === key);

export const nameOfKey = (key: Key): KeyName => {
  const [, part, text] = keyList[orderOf(key)] ?? keyList[0];
  return { part, text };
};

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const caps: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  '-': '−',
};

/** A key as it is printed on key caps: `Ctrl`, `K`. */
export const capsOf = (key: string): readonly string[] =>
  (key === '+' ? ['+'] : key.split('+')).map(
    (part, at, all) => caps[part] ?? (at > 0 && all.length > 1 ? part.toUpperCase() : part),
  );
