import type { Plugin } from 'vite';

const settings = /\/contract\/src\/settings\/[a-z-]+\.ts$/;
const helpText = /^(\s*help:)\s*(?:'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/gm;

/**
 * Leaves the settings' help texts out of the page: they come with the list that the service sends, and the page
 * needs the rest of the contract's settings only to judge what is typed. `test/page/bundle.test.ts` holds it.
 */
export const withoutHelp = (): Plugin => ({
  name: 'without-help',
  enforce: 'pre',
  transform: {
    filter: { id: settings },
    handler: (code) => ({ code: code.replace(helpText, "$1 ''"), map: null }),
  },
});
