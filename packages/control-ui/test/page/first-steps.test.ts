import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess } from '../service-process.ts';
import { inChromium, person } from './browser.ts';

inChromium('The first steps', () => {
  it('lead from an empty service to traffic', async () => {
    const matomo = await startFakeMatomo();
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const page = await person();
    await page.goto(service.url);
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByRole('heading', { name: 'Three steps to the first traffic' }).waitFor();

    await page.getByLabel('Address').fill('nowhere');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.locator('#field-matomo_url[aria-invalid=true]').waitFor();
    await page.getByLabel('Address').fill(matomo.tracker_url);
    await page.getByLabel('Token').fill(DEMO_TOKEN);
    await page.getByRole('button', { name: 'Save and go on' }).click();

    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('Visits will arrive').waitFor({ timeout: 40_000 });
    await page.reload();
    await page.getByRole('button', { name: 'Go on without' }).click();

    await page.getByRole('radio', { name: /Extreme/ }).check();
    await page.getByText('Start sends 1.16 visits/s').waitFor();
    await page.getByRole('button', { name: 'Start Extreme' }).click();
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    const { json } = await service.ask('GET', '/api/settings');
    expect(json).toMatchObject({ preset: 'extreme', values: { matomo_token_auth: '***' } });
    await service.ask('POST', '/api/stop');
  });

  it('are left for the panel, and do not come back', async () => {
    const service = new ServiceProcess();
    await service.start();
    const page = await person();
    await page.goto(service.url);
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByRole('button', { name: 'Open the panel without' }).click();
    await page.locator('.word').waitFor();
    await page.reload();
    await page.locator('.word').waitFor();
    expect(new URL(page.url()).pathname).toBe('/dashboard');
  });
});
