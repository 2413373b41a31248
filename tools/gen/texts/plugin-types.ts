/** The interface as the program has it. */
export const pluginInterfaceFile = 'packages/loader/src/plan/journeys/interface.ts';
/** The same for authors: one file to put beside a plugin. */
export const pluginTypesFile = 'examples/plugins/trafficinator-plugin.d.ts';

const head = [
  '// Types for plugins of Trafficinator, interface version 1. Put this file beside your plugin:',
  "//   import type { Plugin } from './trafficinator-plugin.d.ts';            (TypeScript)",
  "//   /** @type {import('./trafficinator-plugin.d.ts').Plugin} */           (JavaScript)",
  '// It is generated; the program does not read it.',
];

/** The types for authors, from the interface's source. */
export const pluginTypes = (source: string): string => `${head.join('\n')}\n\n${source}`;
