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
 * By `KeyboardEvent.key`. `Mod+` is ⌘ on a Mac and Ctrl elsewhere, `Alt+` is Alt.
 * A key is in the sheet only while something is there that it does.
 */
export const keyNames = {
  'Mod+k': { part: 'Everywhere', text: 'Search or run a command' },
  '?': { part: 'Everywhere', text: 'This sheet' },
  '/': { part: 'Everywhere', text: 'Search here' },
  t: { part: 'Everywhere', text: 'Theme: auto, light, dark' },
  Escape: { part: 'Everywhere', text: 'Close, leave a field' },
  s: { part: 'Loader (asks first)', text: 'Start or stop' },
  r: { part: 'Loader (asks first)', text: 'Restart' },
  ArrowLeft: { part: 'Graphs', text: 'Cursor to the left' },
  ArrowRight: { part: 'Graphs', text: 'Cursor to the right' },
  '+': { part: 'Graphs', text: 'Zoom in' },
  '-': { part: 'Graphs', text: 'Zoom out' },
  '0': { part: 'Graphs', text: 'All of it, and live' },
  n: { part: 'Settings', text: 'Next error' },
  'Mod+z': { part: 'Settings', text: 'Undo' },
  'Mod+Enter': { part: 'Settings', text: 'Review and apply' },
  j: { part: 'Lists and logs', text: 'Next row' },
  k: { part: 'Lists and logs', text: 'Previous row' },
  Enter: { part: 'Lists and logs', text: 'Open' },
  x: { part: 'Lists and logs', text: 'Select' },
  c: { part: 'Lists and logs', text: 'Compare two runs' },
  f: { part: 'Lists and logs', text: 'Follow the log, or hold it still' },
  N: { part: 'Lists and logs', text: 'Previous match' },
  'Alt+ArrowUp': { part: 'Editor', text: 'Move a step up' },
  'Alt+ArrowDown': { part: 'Editor', text: 'Move a step down' },
} as const satisfies Readonly<Record<string, KeyName>>;

export type Key = keyof typeof keyNames;

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
