import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** A person who looks at the settings of a service with a target. */
async function atSettings(config: Readonly<Record<string, unknown>> = {}) {
  const { service, matomo } = await serviceWithTarget(config);
  const page = await person();
  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, service);
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await page.locator('#target_visits_per_day').waitFor();
  return { service, matomo, page };
}

const valuesOf = async (service: ServiceProcess): Promise<Record<string, unknown>> => {
  const { json } = await service.ask('GET', '/api/settings');
  return json.values;
};

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review and apply…' }).click();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByText('No changes').waitFor();
}

inChromium('The settings', () => {
  it('keep a token that is not typed over, send boxes that are unticked, and leave UTC and USD alone', async () => {
    const { service, page } = await atSettings();
    await page.locator('#randomize_visitor_countries').uncheck();
    await page.locator('#timezone').fill('UTC');
    await page.locator('#ecommerce_currency').fill('USD');
    await page.locator('#target_visits_per_day').fill('30000');
    await page.getByText('4 changes not applied').waitFor();
    await apply(page);
    expect(await valuesOf(service)).toMatchObject({
      matomo_token_auth: '***',
      randomize_visitor_countries: false,
      timezone: 'UTC',
      ecommerce_currency: 'USD',
      target_visits_per_day: 30_000,
    });
    await page.reload();
    expect(await page.locator('#timezone').inputValue()).toBe('UTC');
    expect(await page.locator('#randomize_visitor_countries').isChecked()).toBe(false);
    // The token was not only masked: Matomo still takes it.
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Visits will arrive').waitFor({ timeout: 40_000 });
    await page.getByText('the token may do more than view the site').waitFor();
  });

  it('clear a token only when that is asked for', async () => {
    const { service, page } = await atSettings();
    await page.locator('#f-matomo_token_auth').getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Cleared when you apply.').waitFor();
    await apply(page);
    expect(await valuesOf(service)).not.toHaveProperty('matomo_token_auth');
  });

  it('show what depends on another setting only when that is on', async () => {
    const { page } = await atSettings();
    const tax = page.locator('#ecommerce_tax_rate');
    await tax.waitFor();
    await page.locator('#ecommerce_probability').fill('0');
    await tax.waitFor({ state: 'detached' });
    await page
      .locator('#f-ecommerce_probability')
      .getByRole('button', { name: /back to/ })
      .click();
    await tax.waitFor();
  });

  it('tell every mistake while somebody types, lead to each, and mend those that are plain', async () => {
    const { page } = await atSettings();
    await page.locator('#matomo_url').fill('shop.test.lan');
    await page.locator('#pageviews_min').fill('9');
    await page.locator('#concurrency').fill('many');
    await page.getByText('3 errors').first().waitFor();
    expect(await page.locator('[aria-invalid=true]').count()).toBe(4);
    const review = page.getByRole('button', { name: 'Review and apply…' });
    expect(await review.isDisabled()).toBe(true);
    await page.locator('h1').click();
    const seen = new Set<string | null>();
    for (let at = 0; at < 3; at += 1) {
      await page.locator('h1').click();
      await page.keyboard.press('n');
      seen.add(await page.locator('*:focus').getAttribute('id'));
    }
    expect(seen).toEqual(new Set(['matomo_url', 'concurrency', 'pageviews_min']));
    await page.getByRole('button', { name: 'Use https://shop.test.lan/matomo.php' }).click();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page
      .locator('#f-concurrency')
      .getByRole('button', { name: /back to/ })
      .click();
    await page
      .getByText(/^\d errors?$/)
      .first()
      .waitFor({ state: 'detached' });
    expect(await page.locator('#pageviews_max').inputValue()).toBe('9');
    expect(await review.isDisabled()).toBe(false);
  });

  it('lose nothing on a reload, ask before they are left, and take steps back', async () => {
    const { page } = await atSettings();
    await page.locator('#concurrency').fill('77');
    await page.locator('#matomo_site_id').fill('5');
    await page.locator('#matomo_token_auth').fill('feedfacecafebeef');
    const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
    expect(kept).not.toContain('feedface');
    await page.reload();
    await page.getByText('2 changes not applied').waitFor();
    expect(await page.locator('#concurrency').inputValue()).toBe('77');
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.getByRole('dialog').getByText('2 changes not applied').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('#seed').fill('1');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    expect(await page.locator('#seed').inputValue()).toBe('');
    await page.getByText('2 changes not applied').waitFor();
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.locator('.word').waitFor();
  });

  it('show both versions when somebody else saved meanwhile, and overwrite nothing unasked', async () => {
    const { service, page } = await atSettings();
    await page.locator('#concurrency').fill('77');
    const theirs = { concurrency: 66, seed: 4 };
    await service.ask('POST', '/api/config/apply', { config: theirs });
    const dialog = page.getByRole('dialog', { name: 'Other settings were saved meanwhile' });
    await dialog.waitFor({ timeout: 20_000 });
    const row = dialog.locator('tr', { hasText: 'Concurrency' });
    expect(await row.locator('td.num').allInnerTexts()).toEqual([
      '50 visits',
      '66 visits',
      '77 visits',
    ]);
    expect((await valuesOf(service)).concurrency).toBe(66);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await apply(page);
    expect(await valuesOf(service)).toMatchObject({ concurrency: 77, seed: 4 });
  });

  it('take a .env file, tell what they do not understand, and write one without secrets', async () => {
    const { page } = await atSettings();
    await page.getByRole('button', { name: 'Paste a .env' }).click();
    const file = ['CONCURRENCY=12', 'CONCURENCY=4', 'STATUS_PORT=9', 'hello', 'SEED=often'];
    await page.getByLabel('Lines of NAME=VALUE').fill(file.join('\n'));
    await page.getByText('Did you mean CONCURRENCY?').waitFor();
    await page.getByText('.env line 4').waitFor();
    await page.getByText('Left out, because the service decides them: STATUS_PORT').waitFor();
    await page.getByRole('button', { name: 'Take 2 settings into the form' }).click();
    expect(await page.locator('#concurrency').inputValue()).toBe('12');
    await page.locator('#f-seed .err').getByText('SEED is not a number').waitFor();
    await page.getByRole('button', { name: 'Undo Seed' }).click();
    await page.getByRole('button', { name: 'Copy as .env' }).click();
    const text = await page.getByLabel(/Without tokens/).inputValue();
    expect(text).toContain('CONCURRENCY=12');
    expect(text).not.toMatch(/^MATOMO_TOKEN_AUTH|\*\*\*/m);
  });

  it('say that a running loader is restarted, and do it', async () => {
    const { service, page } = await atSettings({ target_visits_per_day: 86_400 });
    await service.ask('POST', '/api/start', {});
    await page.locator('.pulse', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await page.locator('#target_visits_per_day').fill('172800');
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    await page.getByText('1.00 → 2.00 visits/s').waitFor();
    await page.getByText('No visit is sent twice').waitFor();
    await page.getByRole('button', { name: 'Apply and restart' }).click();
    await page.getByText('The loader was restarted.').waitFor({ timeout: 60_000 });
    // What one applied oneself is nobody else's.
    await page.getByText('No changes').waitFor();
    expect(await page.getByText('Other settings were saved meanwhile').count()).toBe(0);
    await service.ask('POST', '/api/stop');
  });
});
