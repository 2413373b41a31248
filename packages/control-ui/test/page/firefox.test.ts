import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Page } from 'puppeteer-core';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { inFirefox, personInFirefox } from './firefox.ts';

const press = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
const follow = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="link"])`).click();
const fill = (page: Page, label: string, text: string) =>
  page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(text);
const says = (page: Page, text: string) => page.locator(`::-p-text(${text})`).wait();
const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '');

inFirefox('The panel in Firefox', () => {
  it('leads from the key to traffic, numbers, another setting, a preset, runs and the log', async () => {
    const matomo = await startFakeMatomo();
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const page = await personInFirefox();

    await page.goto(service.url);
    await page.locator('input[type=password]').fill(service.key);
    await press(page, 'Open the panel');
    await says(page, 'Three steps to the first traffic');
    await fill(page, 'Address', matomo.tracker_url);
    await page.locator('input[type=password]').fill(DEMO_TOKEN);
    await press(page, 'Save and go on');
    await press(page, 'Test the connection');
    await says(page, 'Visits will arrive');
    await press(page, 'Go on');
    await page.locator('input[type=radio]:not(:checked)').click();
    await page.locator('.choice:last-child input').click();
    await press(page, 'Start Extreme');

    await page.waitForSelector('.state .word::-p-text(Running)');
    await expect
      .poll(() => textOf(page, '.ledger .total .fig'), { timeout: 40_000 })
      .toMatch(/^[1-9]/);
    await page.waitForSelector('.plot canvas', { timeout: 40_000 });

    await follow(page, 'Settings');
    await page.locator('#target_visits_per_day').fill('200000');
    await press(page, 'Review and apply…');
    await press(page, 'Apply and restart');
    await says(page, 'No changes');
    const { values } = (await service.ask('GET', '/api/settings')).json;
    expect(values).toMatchObject({ target_visits_per_day: 200_000, matomo_token_auth: '***' });

    await press(page, 'Save as preset…');
    await fill(page, 'Name', 'From Firefox');
    await press(page, 'Save the preset');
    await follow(page, 'Presets');
    await press(page, 'From Firefox');
    await says(page, 'They are the same.');

    await follow(page, 'Runs');
    await page.waitForSelector('tbody tr a');
    await page.locator('tbody tr a').click();
    await page.waitForSelector('.ledger .total .fig');

    await follow(page, 'Logs');
    await says(page, 'effective settings');
    await page.keyboard.press('/');
    await page.keyboard.type('settings');
    await page.waitForSelector('mark');
    await page.reload();
    await page.waitForSelector('mark');
    await service.ask('POST', '/api/stop?timeout=5');
  }, 180_000);
});
