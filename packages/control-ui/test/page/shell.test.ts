import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('The page around the views', () => {
  it('goes to views by keys, lists the keys, and leaves typing alone', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL('**/logs');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL('**/dashboard');
    await page.goBack();
    await page.waitForURL('**/logs');
  });

  it('has every view on a phone, and a way out', async () => {
    const { service } = await serviceWithTarget();
    const page = await person({ viewport: { width: 390, height: 844 } });
    await signIn(page, service);
    await page.locator('.tabbar').getByRole('link', { name: 'More' }).click();
    const links = await page.locator('#main a').allTextContents();
    expect(links).toEqual(expect.arrayContaining(['Logs', 'Presets', 'Targets']));
    const box = await page.locator('#main').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Enter the key of this panel' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Enter the key of this panel' }).waitFor();
  });
});
