import { DEMO_TOKEN, type FakeMatomo, startFakeMatomo } from '@trafficinator/fake-matomo';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { installedChromium } from './chromium.ts';
import { inBrowser } from './in-browser.ts';

const chrome = inBrowser(installedChromium, (executablePath) =>
  chromium.launch({ executablePath, args: ['--no-sandbox'] }),
);

/** Tests in the system's Chromium. Without one they say aloud that they did not run; in CI that is a failure. */
export const inChromium = chrome.tests;

/** A page of a person of their own: cookies and storage are not shared. Errors of the page fail the test. */
export async function person(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await chrome
    .current()
    .newContext({ viewport: { width: 1440, height: 900 }, ...options });
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

/** A run as old as its graphs need, without waiting for it: 24 points of ten seconds each. */
export async function minutesOfPoints(page: Page): Promise<void> {
  const now = Math.floor(Date.now() / 10_000) * 10;
  const points = Array.from({ length: 24 }, (_, at) => ({
    ...{ seconds: 10, visits: 5, planned_visits: 5, in_flight: 0 },
    ...{ accepted: 40 + at, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
    ...{ p50_ms: 20, p95_ms: 40, p99_ms: 60, lateness_p95_ms: 1 },
    at_seconds: now - 10 * (24 - at),
  }));
  await page.route('**/series?*', (route) => route.fulfill({ json: { points } }));
}
