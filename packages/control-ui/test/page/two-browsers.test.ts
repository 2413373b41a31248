import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('Two browsers', () => {
  it('that save the same settings: the second one is shown both versions, and overwrites nothing unasked', async () => {
    const { service } = await serviceWithTarget({ concurrency: 50 });
    const [one, two] = [await person(), await person()];
    // The second one hears nothing of the first: only its save tells that it is late.
    await two.route('**/api/live*', (route) => route.abort());
    for (const page of [one, two]) {
      await signIn(page, service);
      await page.getByRole('link', { name: 'Settings' }).first().click();
      await page.locator('#concurrency').waitFor();
    }
    const apply = async (page: typeof one) => {
      await page.getByRole('button', { name: 'Review and apply…' }).click();
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
    };
    await one.locator('#concurrency').fill('66');
    await two.locator('#concurrency').fill('77');
    await two.locator('#seed').fill('4');
    await apply(one);
    await one.getByText('No changes').waitFor();

    const refused = two.waitForResponse((response) => response.status() === 412);
    await apply(two);
    await refused;
    const dialog = two.getByRole('dialog', { name: 'Other settings were saved meanwhile' });
    await dialog.waitFor();
    const row = dialog.locator('tr', { hasText: 'Concurrency' });
    expect(await row.locator('td.num').allTextContents()).toEqual([
      '50 visits',
      '66 visits',
      '77 visits',
    ]);
    const saved = async () => (await service.ask('GET', '/api/settings')).json.values;
    expect((await saved()).concurrency).toBe(66);
    await dialog.getByRole('button', { name: 'Take theirs where both changed' }).click();
    expect(await two.locator('#concurrency').inputValue()).toBe('66');
    expect(await two.locator('#seed').inputValue()).toBe('4');
    // The review of what is left is open again.
    await two.getByRole('dialog', { name: 'Apply 1 change?' }).waitFor();
    await two.getByRole('button', { name: 'Apply', exact: true }).click();
    await two.getByText('No changes').waitFor();
    expect(await saved()).toMatchObject({ concurrency: 66, seed: 4 });
  });
});
