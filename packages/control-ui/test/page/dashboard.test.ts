import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('The dashboard', () => {
  it('asks for the key, starts and stops traffic, and shows sums that add up', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await page.goto(service.url);
    await page.getByLabel('Key').fill('wrong-key-of-somebody');
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByText('This key is not known here.').waitFor();
    await signIn(page, service);

    await page.getByRole('button', { name: 'Start…' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await expect
      .poll(() => page.locator('.ledger .total .fig').textContent(), { timeout: 30_000 })
      .toMatch(/^[1-9]/);

    await page.reload();
    await page.locator('.word', { hasText: 'Running' }).waitFor();
    await page.getByRole('button', { name: 'Stop…' }).click();
    await page.getByText('sends nothing more').waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('.word', { hasText: 'Not running' }).waitFor({ timeout: 60_000 });
    // What was counted stays to be read.
    const figures = await page.locator('.ledger .fig').allTextContents();
    const [planned, ...outcomes] = figures.map((text) =>
      Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')),
    );
    expect(planned).toBe(outcomes.reduce((sum, each) => sum + each, 0));
  });

  it('says that it lost the service, and goes on by itself when it is back', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const port = new URL(service.url).port;
    await service.end('SIGKILL');
    await page.getByText('No connection to the control service').waitFor({ timeout: 20_000 });
    await service.start({ CONTROL_UI_PORT: port });
    await page
      .getByText('No connection to the control service')
      .waitFor({ state: 'detached', timeout: 30_000 });
  });
});
