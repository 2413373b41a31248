import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });
const options = (page: Page) => palette(page).getByRole('option');
const chosen = (page: Page) => palette(page).locator('[aria-selected=true]');

/** Opens the palette by its key, types, and waits until the best of what fits is this. */
async function find(page: Page, text: string, best: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(text);
  await chosen(page).filter({ hasText: best }).waitFor();
}

inChromium('The palette', () => {
  it('finds every view by a few letters, and goes there', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const views = await page.locator('.nav a').allInnerTexts();
    expect(views.length).toBeGreaterThan(6);
    for (const title of views) {
      await find(page, title.slice(0, 5), new RegExp(`^${title}`));
      await page.keyboard.press('Enter');
      await palette(page).waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    }
  });

  it('is a combobox with a list that arrows walk through, and gives the focus back', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const button = page.getByRole('button', { name: 'Search or run a command' });
    await button.click();
    const input = page.getByRole('combobox', { name: 'Search or run a command' });
    await input.and(page.locator(':focus')).waitFor();
    const list = await input.getAttribute('aria-controls');
    expect(await page.locator(`#${list}`).getAttribute('role')).toBe('listbox');
    const active = async () => {
      const id = await input.getAttribute('aria-activedescendant');
      expect(await page.locator(`#${id}`).getAttribute('aria-selected')).toBe('true');
      return id;
    };
    const first = await active();
    await page.keyboard.press('ArrowDown');
    expect(await active()).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe(first);
    await page.keyboard.press('ArrowUp');
    const count = await options(page).count();
    expect(await active()).toBe(`palette-option-${count - 1}`);
    await input.fill('no such thing anywhere');
    await page.getByText('Nothing is called').waitFor();
    expect(await input.getAttribute('aria-activedescendant')).toBeNull();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    await button.and(page.locator(':focus')).waitFor();
  });

  it('starts and stops after asking, offers only what can be done, and shows what was used last first', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await signIn(page, service);
    await page.locator('.word').waitFor();
    await find(page, 'loader', 'Start the loader…');
    expect(await options(page).filter({ hasText: 'Stop the loader' }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Start the loader?' }).waitFor();
    expect((await service.ask('GET', '/api/status')).json.run_id).toBeNull();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 30_000 });
    await find(page, 'stp loder', 'Stop the loader…');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('.word', { hasText: 'Not running' }).waitFor({ timeout: 60_000 });
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 30_000 });

    const run = (await service.ask('GET', '/api/runs')).json.items[0].id.replace('run-', '');
    await find(page, run, `Open run ${run}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/runs/run-${run}`);
    await page.keyboard.press('Control+k');
    const recent = palette(page).getByRole('group', { name: 'Recent' });
    await expect.poll(() => recent.getByRole('option').count()).toBeGreaterThanOrEqual(1);
    await recent.getByText(`Open run ${run}`).waitFor();
  });

  it('leads to a setting, applies a preset after showing what changes, tests targets, and signs out', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/settings?q=nothing-fits`);
    await page.getByText('No setting fits').waitFor();
    await find(page, 'concurrncy', 'Concurrency');
    await page.keyboard.press('Enter');
    await page.locator('#concurrency:focus').waitFor();

    await page.locator('h1').click();
    await find(page, 'heavy', 'Apply preset Heavy…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Apply Heavy?' }).waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.locator('tr', { hasText: 'Heavy' }).getByText('in use').waitFor();
    expect((await service.ask('GET', '/api/settings')).json.preset).toBe('heavy');

    await find(page, 'test targets', 'Test all targets');
    await page.keyboard.press('Enter');
    await page.getByText('Visits will arrive').waitFor({ timeout: 60_000 });
    await find(page, 'dark', 'Theme: dark');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await find(page, 'sign out', 'Sign out');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Enter the key of this panel' }).waitFor();
  });
});
