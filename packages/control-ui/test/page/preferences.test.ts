import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const themeOf = (page: Page) => page.locator('html').getAttribute('data-theme');
const headings = (page: Page) => page.locator('thead th').allInnerTexts();

/** What the service keeps for the key. */
const keptBy = async (service: ServiceProcess): Promise<Record<string, unknown>> =>
  (await service.ask('GET', '/api/preferences')).json.values;

async function oneRun(service: ServiceProcess): Promise<void> {
  await service.ask('POST', '/api/start', {});
  await service.until('/api/status', ({ hits }) => hits.accepted > 0);
  await service.ask('POST', '/api/stop?timeout=5');
}

inChromium('Preferences', () => {
  it('are remembered in a browser at once, and for the key: a second browser gets them', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    await oneRun(service);
    const page = await person();
    await signIn(page, service);
    await page.locator('.word').waitFor();
    await page.getByRole('button', { name: '1 h', exact: true }).click();
    await page.keyboard.press('t');
    await expect.poll(() => themeOf(page)).toBe('light');
    // Before the service knows anything of it.
    await page.reload();
    await page.locator('.word').waitFor();
    expect(await themeOf(page)).toBe('light');

    await page.goto(`${service.url}/runs`);
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Answer p95' }).uncheck();
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await page.goto(`${service.url}/logs`);
    await page.getByLabel('keep').selectOption('100');
    await page.getByRole('button', { name: /^Warn/ }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('targets');
    await page.getByRole('option', { name: /^Targets/ }).click();
    await page.waitForURL('**/targets');
    await expect
      .poll(() => keptBy(service))
      .toEqual({
        theme: 'light',
        graph_range: '1h',
        run_columns_hidden: ['p95'],
        run_kind: 'live',
        log_lines: '100',
        log_level: 'warning',
        recent_commands: ['view:targets'],
      });

    const other = await person();
    await signIn(other, service);
    await expect.poll(() => themeOf(other)).toBe('light');
    await other.locator('.word').waitFor();
    const range = other.getByRole('button', { name: '1 h', exact: true });
    expect(await range.getAttribute('aria-pressed')).toBe('true');
    await other.getByRole('link', { name: 'Runs' }).first().click();
    await other.locator('tbody tr').waitFor();
    expect((await headings(other)).join()).not.toContain('p95');
    const live = other.getByRole('button', { name: 'Live', exact: true });
    expect(await live.getAttribute('aria-pressed')).toBe('true');
    await other.getByRole('link', { name: 'Logs' }).first().click();
    expect(await other.getByLabel('keep').inputValue()).toBe('100');
    await other.keyboard.press('Control+k');
    await other.getByRole('group', { name: 'Recent' }).getByText('Targets').waitFor();
  });

  it('of two browsers come together: each choice counts, and the last one of the same thing', async () => {
    const { service } = await serviceWithTarget();
    const [one, two] = [await person(), await person()];
    for (const page of [one, two]) await signIn(page, service);
    await one.goto(`${service.url}/logs`);
    await two.goto(`${service.url}/logs`);
    await one.getByLabel('keep').selectOption('50');
    await expect.poll(() => keptBy(service)).toMatchObject({ log_lines: '50' });
    // The second one does not know of it yet: nothing that the first one chose is lost.
    await two.getByRole('button', { name: /^Error/ }).click();
    await expect.poll(() => keptBy(service)).toMatchObject({ log_level: 'error' });
    expect(await keptBy(service)).toMatchObject({ log_lines: '50', log_level: 'error' });
    await one.getByRole('button', { name: /^Info/ }).click();
    await expect.poll(() => keptBy(service)).toMatchObject({ log_level: 'info' });
  });

  it('that are none do no harm, neither in the browser nor at the service', async () => {
    const { service } = await serviceWithTarget();
    const values = {
      theme: 7,
      graph_range: 'for ever',
      run_columns_hidden: 'all',
      log_lines: null,
    };
    const headers = { 'if-match': '*' };
    expect((await service.ask('PUT', '/api/preferences', { values }, headers)).status).toBe(200);
    const page = await person();
    await page.addInitScript("localStorage.setItem('preferences', '{\"values\": 3')");
    await signIn(page, service);
    await page.locator('.word').waitFor();
    expect(await themeOf(page)).toBeNull();
    await page.getByRole('link', { name: 'Runs' }).first().click();
    await page.getByText('No run yet').waitFor();
  });
});
