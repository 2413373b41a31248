import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('Targets', () => {
  it('become several, keep their tokens, are tested, and show their numbers', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const other = await startFakeMatomo();
    onTestFinished(() => other.close());
    const page = await person();
    await signIn(page, service);
    await page.getByRole('link', { name: 'Targets' }).first().click();
    await page.getByText('One target, from Settings.').waitFor();

    await page.getByRole('button', { name: 'Add a target…' }).click();
    await page.getByLabel('Name').fill('second');
    await page.getByLabel('Address of the tracker').fill('nowhere');
    await page.getByRole('button', { name: 'Add the target' }).click();
    await page
      .getByRole('textbox', { name: 'Address of the tracker' })
      .and(page.locator('[aria-invalid=true]'))
      .waitFor();
    await page.getByLabel('Address of the tracker').fill(other.tracker_url);
    await page.getByLabel('Token', { exact: true }).fill(DEMO_TOKEN);
    await page.getByLabel('Weight').fill('3');
    await page.getByRole('button', { name: 'Add the target' }).click();
    await page.getByLabel('Weight of second').waitFor();
    await page.getByText('75 %').waitFor();

    await page.getByLabel('Weight of second').fill('1');
    await page.getByRole('button', { name: 'Save…' }).click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await expect.poll(() => page.getByText('50 %').count()).toBe(2);

    await page.getByRole('button', { name: 'Test all' }).click();
    await page.getByRole('heading', { name: 'second, tested' }).waitFor({ timeout: 60_000 });
    expect(await page.getByText('Visits will arrive').count()).toBe(2);
    // With the stored token, not without one.
    expect(await page.getByText('the token may do more than view the site').count()).toBe(2);

    await service.ask('POST', '/api/start', {});
    for (const name of ['matomo', 'second']) {
      const planned = page.locator('tr', { hasText: name }).locator('td').nth(5);
      await expect.poll(() => planned.textContent(), { timeout: 40_000 }).toMatch(/^[1-9]/);
    }
    await service.ask('POST', '/api/stop');

    await page.getByRole('button', { name: 'Remove second' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('The target second was removed.').waitFor();
    const { json } = await service.ask('GET', '/api/targets');
    expect(json).toMatchObject({ items: [{ name: 'matomo', token_auth: '***' }] });
  });
});
