import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keys' });

/** What the sheet tells where one is: the text of each row with its key caps. */
export async function told(page: Page): Promise<string[]> {
  await page.keyboard.press('?');
  await sheet(page).waitFor();
  const rows = await sheet(page)
    .locator('li')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('kbd')].map((cap) => cap.textContent).join(' ')),
    );
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'detached' });
  return rows;
}

/** Presses a key and waits until it had its effect. */
export type Press = (page: Page) => Promise<void>;

export const focused = (page: Page, selector: string) =>
  expect.poll(() => page.locator(':focus').and(page.locator(selector)).count()).toBe(1);

/** Away from fields and rows. */
export const calm = (page: Page) => page.evaluate('document.activeElement?.blur()');

export const asked =
  (key: string, title: string): Press =>
  async (page) => {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: title }).waitFor({ state: 'detached' });
  };

export const everywhere: Readonly<Record<string, Press>> = {
  'Ctrl K': asked('Control+k', 'Search and commands'),
  '?': asked('?', 'Keys'),
  t: async (page) => {
    const before = await page.locator('.btn.theme').getAttribute('aria-label');
    await page.keyboard.press('t');
    await expect.poll(() => page.locator('.btn.theme').getAttribute('aria-label')).not.toBe(before);
  },
  Esc: async (page) => {
    await page.keyboard.press('/');
    const field = '.main input[type=search], .pal input';
    await focused(page, field);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator(':focus').and(page.locator(field)).count()).toBe(0);
  },
  '/': async (page) => {
    await page.keyboard.press('/');
    await focused(page, '.main input[type=search], .pal input');
    await page.keyboard.press('Escape');
  },
};

export const loader: Readonly<Record<string, Press>> = {
  s: asked('s', 'Stop the loader?'),
  r: asked('r', 'Restart the loader?'),
};

/** Every key of the sheet where one is, each with its effect: the sheet tells of no other. */
export async function pressAll(page: Page, keys: Readonly<Record<string, Press>>): Promise<void> {
  await page.locator('.pulse').waitFor();
  const views = await page.locator('.nav a').count();
  const goes = (await told(page)).filter((caps) => caps.startsWith('g '));
  expect(goes.length).toBe(views);
  const others = (await told(page)).filter((caps) => !caps.startsWith('g '));
  expect(others.toSorted()).toEqual(Object.keys(keys).toSorted());
  for (const press of Object.values(keys)) {
    await calm(page);
    await press(page);
  }
}
