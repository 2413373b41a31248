import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { inChromium, person } from './browser.ts';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const follow = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
const word = (page: Page, text: string) => page.locator('.word', { hasText: text });

/** What the ledger says: planned, and the sum of the five outcomes. */
async function ledger(page: Page): Promise<{ readonly planned: number; readonly sum: number }> {
  const figures = await page.locator('.ledger .fig').allInnerTexts();
  const [planned = 0, ...outcomes] = figures.map((text) =>
    Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')),
  );
  return { planned, sum: outcomes.reduce((total, each) => total + each, 0) };
}

async function opensThePanel(page: Page, service: ServiceProcess): Promise<void> {
  await page.goto(service.url);
  await page.getByLabel('Key').fill(service.key);
  await button(page, 'Open the panel').click();
}

async function startsTheFirstTraffic(page: Page, address: string): Promise<void> {
  await page.getByRole('heading', { name: 'Three steps to the first traffic' }).waitFor();
  await page.getByLabel('Address').fill(address);
  await page.getByLabel('Token').fill(DEMO_TOKEN);
  await button(page, 'Save and go on').click();
  await button(page, 'Test the connection').click();
  await page.getByText('Visits will arrive').waitFor({ timeout: 40_000 });
  await button(page, 'Go on').click();
  await page.getByRole('radio', { name: /Extreme/ }).check();
  await button(page, 'Start Extreme').click();
}

async function watches(page: Page): Promise<void> {
  await word(page, 'Running').waitFor({ timeout: 30_000 });
  await expect
    .poll(async () => (await ledger(page)).planned, { timeout: 40_000 })
    .toBeGreaterThan(0);
  await page.locator('.plot canvas').first().waitFor({ timeout: 40_000 });
}

async function changesASetting(page: Page): Promise<void> {
  await follow(page, 'Settings');
  await page.locator('#target_visits_per_day').fill('864000');
  await button(page, 'Review and apply…').click();
  await page.getByText('1.16 → 10.00 visits/s').waitFor();
  await button(page, 'Apply and restart').click();
  await page.getByText('The loader was restarted.').waitFor({ timeout: 60_000 });
  await page.getByText('No changes').waitFor();
}

async function keepsAPreset(page: Page): Promise<void> {
  await button(page, 'Save as preset…').click();
  await page.getByLabel('Name', { exact: true }).fill('Ten a second');
  await button(page, 'Save the preset').click();
  await follow(page, 'Presets');
  await button(page, 'Ten a second').click();
  await page.getByText('They are the same.').waitFor();
}

async function buildsAFunnel(page: Page): Promise<void> {
  await follow(page, 'Funnels');
  await button(page, 'Begin with a template…').click();
  await button(page, 'Lead generation').click();
  await page.locator('.visit').nth(2).waitFor({ timeout: 30_000 });
  await button(page, 'Save').click();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/funnels\/\d+$/);
}

async function fillsThePast(page: Page): Promise<void> {
  await follow(page, 'Backfill');
  await button(page, '7 days').click();
  await page.locator('#backfill_max_visits_per_day').fill('20');
  await page.getByLabel('Name, for people').fill('Last week');
  await button(page, /^Send [\d,]+ visits…$/).click({ timeout: 60_000 });
  await button(page, 'Send').click();
  await word(page, 'Finished').waitFor({ timeout: 90_000 });
  const { planned, sum } = await ledger(page);
  expect(planned).toBeGreaterThan(0);
  expect(planned).toBe(sum);
}

async function reconciles(page: Page): Promise<void> {
  await button(page, 'Reconcile').click();
  await word(page, 'Finished, and Matomo agrees').waitFor({ timeout: 60_000 });
  await page.getByText('Differences without an explanation: 0.').waitFor();
}

async function stopsAndComparesRuns(page: Page): Promise<void> {
  await follow(page, 'Dashboard');
  await button(page, 'Stop…').click();
  await button(page, 'Stop').click();
  await word(page, 'Not running').waitFor({ timeout: 60_000 });
  const { planned, sum } = await ledger(page);
  expect(planned).toBe(sum);
  await follow(page, 'Runs');
  await button(page, 'Live').click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
  for (const key of ['j', 'x', 'j', 'x', 'c']) await page.keyboard.press(key);
  await page.getByText('Settings that differ').waitFor();
  await page.locator('.cmp tr.sum').getByText('Planned').waitFor();
}

async function readsTheLog(page: Page): Promise<void> {
  await follow(page, 'Logs');
  await page.getByLabel('Search the log').fill('effective settings');
  await page.locator('mark').first().waitFor();
}

inChromium('A person’s whole path', () => {
  it('leads from the first visit to runs that are compared', async () => {
    const matomo = await startFakeMatomo();
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const page = await person();

    await opensThePanel(page, service);
    await startsTheFirstTraffic(page, matomo.tracker_url);
    await watches(page);
    await changesASetting(page);
    await keepsAPreset(page);
    await buildsAFunnel(page);
    await fillsThePast(page);
    await reconciles(page);
    await stopsAndComparesRuns(page);
    await readsTheLog(page);
  }, 400_000);
});
