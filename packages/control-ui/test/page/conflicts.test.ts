import { startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** Two people with browsers of their own. */
async function two(service: ServiceProcess, path: string) {
  const people = [await person(), await person()] as const;
  for (const page of people) {
    await signIn(page, service);
    await page.goto(`${service.url}${path}`);
  }
  return people;
}

inChromium('Two people who change the same', () => {
  it('preset see both versions and choose', async () => {
    const { service } = await serviceWithTarget({ concurrency: 33 });
    const { json: made } = await service.ask('POST', '/api/presets', {
      name: 'Night',
      description: 'calm',
      from: 'saved',
    });
    const preset = async () => (await service.ask('GET', `/api/presets/${made.id}`)).json;
    const [one, other] = await two(service, `/presets?preset=${made.id}`);
    for (const page of [one, other]) {
      await page.getByRole('button', { name: 'Rename…' }).click();
    }
    const rename = async (page: typeof one, field: string, text: string) => {
      await page.getByLabel(field, { exact: true }).fill(text);
      await page.getByRole('button', { name: 'Rename', exact: true }).click();
    };
    await rename(one, 'What it is for', '<b>calmer</b>');
    await one.getByText('The preset is called “Night” now.').waitFor();
    await rename(other, 'What it is for', 'calmest');

    const dialog = other.getByRole('dialog', { name: '“Night” was changed meanwhile' });
    const row = dialog.locator('tr', { hasText: 'What it is for' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual([
      'What it is for both',
      'calm',
      '<b>calmer</b>',
      'calmest',
    ]);
    expect((await preset()).description).toBe('<b>calmer</b>');
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await preset()).description).toBe('calmest');

    // One updates it from the saved settings, the other one deletes what was seen before that.
    await other.reload();
    await service.ask('POST', '/api/config/apply', { config: { concurrency: 44 } });
    await one.reload();
    await one.getByRole('button', { name: 'Update…' }).click();
    await one.getByRole('button', { name: 'Update', exact: true }).click();
    await one.getByText('“Night” holds the saved settings now.').waitFor();
    await other.getByRole('button', { name: 'Delete…' }).click();
    await other.getByRole('button', { name: 'Delete', exact: true }).click();
    const changed = dialog.locator('tr', { hasText: 'Concurrency' });
    await changed.waitFor();
    expect(await changed.locator('td').allTextContents()).toEqual([
      'Concurrency ',
      '33 visits',
      '44 visits',
    ]);
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    expect((await preset()).settings.concurrency).toBe(44);

    await other.getByRole('button', { name: 'Delete…' }).click();
    await other.getByRole('button', { name: 'Delete', exact: true }).click();
    await other.getByText('“Night” is deleted.').waitFor();
    await other.getByRole('button', { name: 'Undo' }).click();
    await other.getByText('“Night” is back.').waitFor();
  }, 120_000);

  it('target see both versions; what does not overlap is put together unasked', async () => {
    const { service } = await serviceWithTarget();
    const second = await startFakeMatomo();
    onTestFinished(() => second.close());
    await service.ask('POST', '/api/targets', {
      name: 'shop',
      url: second.tracker_url,
      site_id: 1,
    });
    const shop = async () =>
      (await service.ask('GET', '/api/targets')).json.items.find(
        ({ name }: { name: string }) => name === 'shop',
      );
    const [one, other] = await two(service, '/targets');
    for (const page of [one, other]) await page.getByRole('button', { name: 'Edit shop' }).click();
    const save = async (page: typeof one, field: string, text: string) => {
      await page.getByRole('dialog').getByLabel(field, { exact: true }).fill(text);
      await page.getByRole('button', { name: 'Save the target' }).click();
    };
    await save(one, 'Weight', '3');
    await one.getByRole('dialog').waitFor({ state: 'detached' });
    await save(other, 'Weight', '5');
    const dialog = other.getByRole('dialog', { name: '“shop” was changed meanwhile' });
    const row = dialog.locator('tr', { hasText: 'shop: weight' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual(['shop: weight both', '1', '3', '5']);
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    expect((await shop()).weight).toBe(3);

    // Others' settings do not stand in the way of an edit, and it does not undo them.
    await other.reload();
    await other.getByRole('button', { name: 'Edit shop' }).click();
    await service.ask('POST', '/api/config/apply', { config: { concurrency: 61 } });
    await save(other, 'Own daily cap, visits', '700');
    await other.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await shop()).toMatchObject({ weight: 3, max_visits_per_day: 700 });
    const { json: settings } = await service.ask('GET', '/api/settings');
    expect(settings.values.concurrency).toBe(61);

    await other.getByRole('button', { name: 'Remove shop' }).click();
    await other.getByRole('button', { name: 'Remove', exact: true }).click();
    await other.getByText('The target shop was removed.').waitFor();
    await other.getByRole('button', { name: 'Undo' }).click();
    await other.getByText('shop is back.').waitFor();
    expect(await shop()).toMatchObject({ weight: 3, max_visits_per_day: 700 });
  }, 120_000);
});
