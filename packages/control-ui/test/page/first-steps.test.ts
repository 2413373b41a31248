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

  it('lead to traffic without any Matomo, also after the service was started again', async () => {
    const service = new ServiceProcess();
    // As it is started on a bare machine: addresses of its own network are refused, but for the stand-in.
    await service.start({ ALLOW_PRIVATE_TARGETS: '' });
    const page = await person();
    await page.goto(service.url);
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByRole('button', { name: 'Try it with the built-in stand-in' }).click();
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('Visits will arrive').waitFor({ timeout: 40_000 });
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByRole('radio', { name: /Extreme/ }).check();
    await page.getByRole('button', { name: 'Start Extreme' }).click();
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await service.until('/api/status', ({ hits }) => hits.accepted > 0);
    await service.ask('POST', '/api/stop?timeout=5');

    await service.end('SIGTERM');
    await service.start({ ALLOW_PRIVATE_TARGETS: '' });
    const { json } = await service.ask('POST', '/api/test-connection', {});
    expect(json).toMatchObject({ success: true });
    const refused = await service.ask('POST', '/api/test-connection', {
      config: { matomo_url: 'http://127.0.0.1:9/matomo.php' },
    });
    expect(refused.json).toMatchObject({ code: 'address_refused' });
    // A target that is set is not replaced.
    await service.ask('POST', '/api/config/apply', {
      config: { matomo_url: 'https://matomo.example.org/', matomo_token_auth: 'a'.repeat(32) },
      restart: false,
    });
    expect((await service.ask('POST', '/api/rehearsal')).json).toMatchObject({
      code: 'name_taken',
    });
    // With it goes its stand-in.
    expect(await service.end('SIGTERM')).toBe(0);
  }, 120_000);

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
