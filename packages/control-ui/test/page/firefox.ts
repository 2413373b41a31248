import puppeteer, { type Page } from 'puppeteer-core';
import { onTestFinished } from 'vitest';
import { inBrowser } from './in-browser.ts';

const firefox = inBrowser(
  {
    name: 'Firefox',
    package: 'firefox-esr',
    variable: 'FIREFOX',
    places: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  },
  (executablePath) => puppeteer.launch({ browser: 'firefox', executablePath, headless: true }),
);

/** Tests in the system's Firefox. Without one they say aloud that they did not run; in CI that is a failure. */
export const inFirefox = firefox.tests;

/** A page of a person of their own. Errors of the page fail the test. */
export async function personInFirefox(): Promise<Page> {
  const context = await firefox.current().createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => {
    const text = error instanceof Error ? error.message : String(error);
    // The driver's own way to wait for an element. That the page evaluates nothing is seen in Chromium.
    if (!text.includes('blocked a JavaScript eval')) errors.push(text);
  });
  onTestFinished(async () => {
    await context.close();
    if (errors.length > 0) throw new Error(`The page threw: ${errors.join('; ')}`);
  });
  return page;
}
