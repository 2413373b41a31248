import { afterAll, beforeAll, describe } from 'vitest';
import { fateOf, pathOf, type Wanted } from './found-browser.ts';

/** Tests in a browser, one for all tests of the file; `current` gives it while they run. */
export function inBrowser<B extends { close(): Promise<void> }>(
  wanted: Wanted,
  launch: (executablePath: string) => Promise<B>,
): { readonly tests: (title: string, tests: () => void) => void; readonly current: () => B } {
  let browser: B | null = null;
  const path = pathOf(wanted);
  const fate = fateOf(path, Boolean(process.env.CI));
  const how = `apt-get install ${wanted.package}, or ${wanted.variable}=path`;
  return {
    current: () => {
      if (browser === null) throw new Error(`This belongs into tests in ${wanted.name}.`);
      return browser;
    },
    tests: (title, tests) => {
      if (fate === 'told') {
        process.stderr.write(`NOT RUN: ${title}. There is no ${wanted.name} (${how}).\n`);
      }
      describe.skipIf(fate === 'told')(title, () => {
        beforeAll(async () => {
          if (path === undefined) throw new Error(`CI needs ${wanted.name}: ${how}.`);
          browser = await launch(path);
        }, 120_000);
        afterAll(async () => {
          await browser?.close();
          browser = null;
        });
        tests();
      });
    },
  };
}
