import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';
import { allViews, at, confirmed } from './defects-ground.ts';

/** Buttons with the border that a browser gives those without a style. */
const bareButtons = `[...document.querySelectorAll('button')]
  .filter((each) => /outset|inset/.test(getComputedStyle(each).borderTopStyle))
  .map((each) => each.outerHTML)`;

inChromium('What was wrong before is not here', () => {
  it('U-13, U-14: the dashboard shows what runs, not what a preset would be, and how far today is', async () => {
    const { service, page } = await at('/dashboard', {
      target_visits_per_day: 864_000,
      max_visits_per_day: 500_000,
    });
    await confirmed(page, 'Start…', 'Start');
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 30_000 });
    const load = { target: 'keep' };
    await service.ask('POST', '/api/presets/built-in/light/load', load);
    await page.getByText('still uses the settings it was started with').waitFor();
    const { json } = await service.ask('GET', '/api/status');
    expect(json.today).toMatchObject({ target: 864_000, cap: 500_000 });
    const day = page.locator('.day');
    await day.getByText('target 864,000 a day').waitFor();
    await day.getByText('cap 500,000').waitFor();
    await day.getByText(/^[1-9][\d,]* visits$/).waitFor({ timeout: 30_000 });
    await day.getByText(/day ends in .*00:00:00/).waitFor();
    await service.ask('POST', '/api/stop?timeout=5');
  });

  it('U-15: nothing is asked by the browser’s own boxes, and dark is dark', async () => {
    const { service } = await serviceWithTarget();
    const { json: preset } = await service.ask('POST', '/api/presets', {
      name: 'Night',
      config: {},
    });
    const grounds: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await person({ colorScheme });
      const boxes: string[] = [];
      page.on('dialog', (dialog) => {
        boxes.push(dialog.message());
        void dialog.dismiss();
      });
      await signIn(page, service);
      await page.goto(`${service.url}/presets?preset=${preset.id}`);
      grounds.push(String(await page.evaluate('getComputedStyle(document.body).backgroundColor')));
      await page.getByRole('button', { name: 'Delete…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete the preset Night?' });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(boxes).toEqual([]);
    }
    const lightness = (colour: string) => Number(/[\d.]+/.exec(colour)?.[0]);
    expect(grounds[0]).not.toBe(grounds[1]);
    expect(lightness(String(grounds[0]))).toBeGreaterThan(lightness(String(grounds[1])));
  });

  it('U-16, U-17: every button looks like one of the page, and nothing comes from elsewhere', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== service.url && !/^(data|blob):/.test(url.protocol))
        elsewhere.push(url.href);
    });
    await signIn(page, service);
    for (const view of await allViews(page)) {
      await page.goto(`${service.url}${view}`);
      await page.locator('main button, main a').first().waitFor();
      const bare = await page.evaluate(bareButtons);
      expect(bare).toEqual([]);
    }
    expect(elsewhere).toEqual([]);
  });

  it('U-18: leaving asks before changes are left behind, and applying shows each of them first', async () => {
    const { page } = await at('/settings', { concurrency: 50 });
    await page.locator('#concurrency').fill('77');
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.getByRole('dialog', { name: 'Leave with 1 change not applied?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    const row = page.getByRole('dialog').locator('tr', { hasText: 'Concurrency' });
    expect(await row.textContent()).toMatch(/50[\s\S]*77/);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Undo Concurrency' }).click();
  });

  it('U-19: a preset can be renamed, updated and exported', async () => {
    const { service, page } = await at('/presets', { concurrency: 44 });
    const made = { name: 'Night', config: { concurrency: 20 } };
    const { json: preset } = await service.ask('POST', '/api/presets', made);
    await page.goto(`${service.url}/presets?preset=${preset.id}`);
    await page.getByRole('button', { name: 'Rename…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Late');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('button', { name: 'Late', exact: true }).waitFor();
    await confirmed(page, 'Update…', 'Update');
    await page.getByText('“Late” holds the saved settings now.').waitFor();
    const { json } = await service.ask('GET', `/api/presets/${preset.id}`);
    expect(json).toMatchObject({ name: 'Late', settings: { concurrency: 44 } });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export .env' }).click();
    expect((await download).suggestedFilename()).toBe('Late.env');
  });

  it('U-20: a service that cannot answer is not called a wrong key', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    const detail = 'The database does not answer.';
    const body = { status: 503, code: 'unavailable', detail, remedy: 'Try again.', errors: [] };
    await page.route('**/api/session', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, json: body })
        : route.continue(),
    );
    await page.goto(service.url);
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByText(detail).waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/not known|authenti/i);
  });
});
