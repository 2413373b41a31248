import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addKey } from '../../src/cli/keys.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const lost = (page: Page) => page.getByText('No connection to the control service');

/** The session ends as after twelve hours, or when the key is revoked: just before the next POST is answered. */
async function endsWithNextSaving(page: Page): Promise<void> {
  let ended = false;
  await page.route('**/api/**', async (route) => {
    const request = route.request();
    if (ended || request.method() !== 'POST') return route.fallback();
    ended = true;
    await page.context().clearCookies();
    const { cookie: _, ...headers } = await request.allHeaders();
    return route.continue({ headers });
  });
}

inChromium('A page that lost its service', () => {
  it('says since when and when it tries, keeps what is edited, and goes on where it was', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    await service.ask('POST', '/api/start', {});
    const page = await person();
    page.on('dialog', (dialog) => void dialog.accept());
    await signIn(page, service);
    await page.locator('.pulse', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await page.goto(`${service.url}/settings`);
    await page.locator('#concurrency').fill('77');
    const port = new URL(service.url).port;
    await service.end('SIGKILL');

    await lost(page).waitFor({ timeout: 20_000 });
    await page.getByText(/since \d\d:\d\d:\d\d/).waitFor();
    await page.locator('.pulse', { hasText: 'Not connected' }).waitFor();
    await page.locator('.shell.stale').waitFor();
    // Every try waits longer than the one before: in the end there is something to count down.
    await page.getByText(/Next try in [2-9] s/).waitFor({ timeout: 30_000 });
    expect(await page.locator('#concurrency').inputValue()).toBe('77');

    await service.start({ CONTROL_UI_PORT: port });
    const tryNow = page.getByRole('button', { name: 'Try now' });
    // It may have tried by itself just now.
    await Promise.race([tryNow.click(), page.getByText('The connection is back').waitFor()]);
    await page.getByText(/The connection is back, after .* s\./).waitFor({ timeout: 30_000 });
    await lost(page).waitFor({ state: 'detached' });
    await page.locator('.shell:not(.stale)').waitFor();
    await page.getByText('The connection is back').waitFor({ state: 'detached', timeout: 20_000 });
    await page.getByText('1 change not applied').waitFor();
    // Figures come again without anybody loading the page anew.
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.getByRole('button', { name: 'Leave' }).click();
    const planned = page.locator('.ledger .total .fig');
    const before = await planned.textContent();
    await expect.poll(() => planned.textContent(), { timeout: 30_000 }).not.toBe(before);
  }, 120_000);

  it('asks for the key over the page when the session has ended, and then saves what was to be saved', async () => {
    const { service } = await serviceWithTarget();
    const said: string[] = [];
    addKey(join(service.folder, 'control'), 'second', 'operator', (line) => said.push(line));
    const second = String(said.find((line) => line.startsWith('trf_')));
    const page = await person();
    page.on('dialog', (dialog) => void dialog.accept());
    await signIn(page, service);
    await page.goto(`${service.url}/settings`);
    await page.locator('#concurrency').fill('77');
    await page.locator('#matomo_token_auth').fill('feedfacecafebeef');
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    await page.getByRole('dialog', { name: 'Apply 2 changes?' }).waitFor();
    await endsWithNextSaving(page);
    await page.getByRole('button', { name: 'Apply', exact: true }).click();

    const dialog = page.getByRole('dialog', { name: 'Enter the key again' });
    await dialog.waitFor();
    await dialog.getByLabel('Key').fill('wrong-key-of-somebody');
    await dialog.getByRole('button', { name: 'Open the panel' }).click();
    await dialog.getByText('This key is not known here.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('The session has ended. Nothing is saved').waitFor();
    expect(await page.locator('#concurrency').inputValue()).toBe('77');
    await page.getByRole('dialog', { name: 'Apply 2 changes?' }).getByText('key').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Enter the key' }).click();
    await dialog.getByLabel('Key').fill(second);
    await dialog.getByRole('button', { name: 'Open the panel' }).click();
    await dialog.waitFor({ state: 'detached' });

    await endsWithNextSaving(page);
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    await dialog.waitFor();
    await dialog.getByLabel('Key').fill(service.key);
    await dialog.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('No changes').waitFor();
    const { json } = await service.ask('GET', '/api/settings');
    expect(json.values).toMatchObject({ concurrency: 77, matomo_token_auth: '***' });
  });

  it('says what is wrong instead of asking for a key when the service cannot tell who one is', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const details = {
      code: 'unavailable',
      detail: 'The database does not answer.',
      remedy: 'Wait.',
    };
    await page.route('**/api/session', (route) =>
      route.fulfill({ status: 503, json: { ...details, status: 503, errors: [] } }),
    );
    await page.reload();
    await page.getByText('The database does not answer.').waitFor();
    expect(await page.getByLabel('Key').count()).toBe(0);
    await page.unroute('**/api/session');
    await page.locator('.shell').waitFor();
  });
});
