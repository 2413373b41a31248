import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { inChromium, person } from './browser.ts';

/** Tabs until what has the focus fits; in the end of a page that has it not, this fails. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const focused = page.locator(':focus').and(page.locator(selector));
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nobody comes to ${selector} by Tab.`);
}

inChromium('Somebody who uses no pointer', () => {
  it('enters the key, sets up a target, starts, watches, stops, changes a setting and applies it', async () => {
    const matomo = await startFakeMatomo();
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const page = await person();
    await page.goto(service.url);
    const keys = page.keyboard;

    await page.locator('input[type=password]:focus').waitFor();
    await keys.type(service.key);
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'Three steps to the first traffic' }).waitFor();
    await tabTo(page, '#field-matomo_url');
    await keys.type(matomo.tracker_url);
    await tabTo(page, '#field-matomo_token_auth');
    await keys.type(DEMO_TOKEN);
    await keys.press('Enter');
    const goOn = page.getByRole('button', { name: 'Go on without' });
    await goOn.waitFor();
    await tabTo(page, 'button:text-is("Go on without")');
    await keys.press('Enter');
    await page.getByRole('radio', { name: /Extreme/ }).waitFor();
    await tabTo(page, 'input[type=radio]');
    for (let step = 0; step < 3; step += 1) await keys.press('ArrowDown');
    await tabTo(page, 'button:text-is("Start Extreme")');
    await keys.press('Enter');
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await expect
      .poll(() => page.locator('.ledger .total .fig').textContent(), { timeout: 60_000 })
      .toMatch(/^[1-9]/);

    await keys.press('s');
    await page.getByRole('dialog', { name: 'Stop the loader?' }).waitFor();
    await tabTo(page, 'dialog button.danger');
    await keys.press('Enter');
    await page.locator('.word', { hasText: 'Not running' }).waitFor({ timeout: 60_000 });
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 60_000 });

    await keys.press('g');
    await keys.press('s');
    await page.locator('#concurrency').waitFor();
    await keys.press('/');
    await page.locator('input[type=search]:focus').waitFor();
    await keys.type('concurrency');
    await tabTo(page, '#concurrency');
    await keys.press('Control+a');
    await keys.type('77');
    await keys.press('Control+Enter');
    await page.getByRole('dialog', { name: 'Apply 1 change?' }).waitFor();
    await tabTo(page, 'dialog button.primary');
    await keys.press('Enter');
    await page.getByText('No changes').waitFor();
    expect((await service.ask('GET', '/api/settings')).json.values.concurrency).toBe(77);

    // The skip link is the first thing, and leads past the navigation.
    await page.reload();
    await page.locator('#concurrency').waitFor();
    await keys.press('Tab');
    await page.locator('.skip:focus').waitFor();
    await keys.press('Enter');
    await page.locator('#main:focus').waitFor();
  }, 150_000);
});
