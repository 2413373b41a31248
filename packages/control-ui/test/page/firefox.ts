import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { secondTry } from './second-try.ts';

const places = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
const executablePath = places.find((place) => place !== undefined && existsSync(place));

let browser: Browser | null = null;

/** Tests in the system's Firefox. Without one they say aloud that they did not run; in CI that is a failure. */
export function inFirefox(title: string, tests: () => void): void {
  if (executablePath === undefined && !process.env.CI) {
    process.stderr.write(
      `NOT RUN: ${title}. There is no Firefox (apt-get install firefox-esr, or FIREFOX=path).\n`,
    );
    describe.skip(title, tests);
    return;
  }
  describe(title, secondTry, () => {
    beforeAll(async () => {
      if (executablePath === undefined) {
        throw new Error('CI needs Firefox: apt-get install firefox-esr.');
      }
      browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      browser = null;
    });
    tests();
  });
}

/** A page of a person of their own. Errors of the page fail the test. */
export async function personInFirefox(): Promise<Page> {
  if (browser === null) throw new Error('This belongs into inFirefox().');
  const context = await browser.createBrowserContext();
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
