/** Groups of the palette, in their order. */
export const commandGroups = ['Commands', 'Go to', 'Presets', 'Runs', 'Settings'] as const;
type CommandGroup = (typeof commandGroups)[number];

/** Something that can be found and done. */
export interface Command {
  /** Stays the same from day to day: recent ones are remembered by it. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** What it is, or what it does first. */
  readonly about: string;
  /** Found by these words too. */
  readonly words?: string;
  readonly caps?: readonly string[];
  readonly act: () => void;
}
