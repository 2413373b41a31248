import { pino } from 'pino';
import { presetFiles } from '../adapters/files/preset-files.ts';
import type { BuiltInMaterial } from '../ports/built-in-material.ts';
import { CommandError, type Commands } from '../ports/commands.ts';
import { noStandIn } from '../ports/stand-in.ts';
import { builtInPresets } from '../services/presets/built-in.ts';
import type { Ground } from '../wiring.ts';
import { MemoryFiles } from './memory-files.ts';
import { memoryStore } from './memory-store.ts';
import { noLoaders, noReader } from './no-loaders.ts';
import { StillClock } from './still-clock.ts';

/** A ground in memory with a clock that stands still. */
export type TestGround = Ground & { readonly clock: StillClock };

/** What services stand on in a test: all in memory, without loaders; what a test needs otherwise it hands in. */
export function testGround(given: Partial<TestGround> = {}): TestGround {
  const clock = given.clock ?? new StillClock();
  return {
    store: memoryStore(clock.iso),
    runner: noLoaders,
    files: new MemoryFiles(),
    commands: noCommands,
    reader: noReader,
    log: pino({ level: 'silent' }),
    presets: builtInPresets(presetFiles()),
    built_in: fewThings,
    stand_in: noStandIn,
    ...given,
    clock,
  };
}

const noCommands: Commands = {
  run: async () => {
    throw new CommandError(
      'command_unstartable',
      'There is no loader here.',
      'Use other commands.',
    );
  },
  close: async () => {},
};

const event = (category: string, action: string) => ({
  category,
  action,
  name: null,
  value: null,
  weight: 1,
});

/** Built-in material small enough to count. */
const fewThings: BuiltInMaterial = {
  urls: async () =>
    'https://site.test/\tHome\nhttps://site.test/a/b\tB\nhttps://site.test/a/c\tC\n',
  events: async () => ({
    click_events: [event('Menu', 'Open'), event('Menu', 'Close'), event('Cart', 'Add')],
    random_events: [event('Video', 'Play')],
  }),
};
