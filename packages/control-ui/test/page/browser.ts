import { DEMO_TOKEN, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { executablePath } from './chromium.ts';
import { secondTry } from './second-try.ts';

let browser: Browser | null = null;

/** Tests in the system's Chromium. Without one they say aloud that they did not run; in CI that is a failure. */
export function inChromium(title: string, tests: () => void): void {
  if (executablePath === undefined && !process.env.CI) {
    process.stderr.write(
      `NOT RUN: ${title}. There is no Chromium (apt-get install chromium, or CHROMIUM=path).\n`,
    );
    describe.skip(title, tests);
    return;
  }
  describe(title, secondTry, () => {
    beforeAll(async () => {
      if (executablePath === undefined)
        throw new Error('CI needs Chromium: apt-get install chromium.');
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      browser = null;
    });
    tests();
  });
}

/** A page of a person of their own: cookies and storage are not shared. Errors of the page fail the test. */
export async function person(options: BrowserContextOptions = {}): Promise<Page> {
  if (browser === null) throw new Error('This belongs into inChromium().');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  onTestFinished(async () => {
    await context.close();
    if (errors.length > 0) throw new Error(`The page threw: ${errors.join('; ')}`);
  });
  return page;
}

/** Enters the key, as on a first visit. */
export async function signIn(page: Page, service: ServiceProcess): Promise<void> {
  await page.goto(service.url);
  await page.getByLabel('Key').fill(service.key);
  await page.getByRole('button', { name: 'Open the panel' }).click();
  await page.locator('.shell').waitFor();
}

/** A service with a stand-in Matomo as its saved target. */
export async function serviceWithTarget(
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly service: ServiceProcess; readonly matomo: FakeMatomo }> {
  const matomo = await startFakeMatomo();
  onTestFinished(() => matomo.close());
  const service = new ServiceProcess();
  await service.start();
  await service.ask('POST', '/api/config/apply', {
    config: { matomo_url: matomo.tracker_url, matomo_token_auth: DEMO_TOKEN, ...config },
  });
  return { service, matomo };
}
