import type { Page } from 'playwright-core';
import type { ServiceProcess } from '../service-process.ts';
import { person, serviceWithTarget, signIn } from './browser.ts';

/** Somebody who is signed in and looks at a view of a service with a target. */
export async function at(path: string, config: Readonly<Record<string, unknown>> = {}) {
  const { service, matomo } = await serviceWithTarget(config);
  const page = await person();
  await signIn(page, service);
  await page.goto(`${service.url}${path}`);
  await page.locator('.pulse').waitFor();
  return { service, matomo, page };
}

/** Applies what was changed in the settings. */
export async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review and apply…' }).click();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByText('No changes').waitFor();
}

export const savedOf = async (service: ServiceProcess): Promise<Record<string, unknown>> =>
  (await service.ask('GET', '/api/settings')).json.values;

/** Presses a button, then the one that confirms. */
export async function confirmed(page: Page, button: string, verb: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
}

export const allViews = async (page: Page): Promise<readonly string[]> => {
  const links = await page
    .locator('.nav a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  return links.filter((link) => link !== null);
};
