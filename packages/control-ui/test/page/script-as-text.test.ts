import { join } from 'node:path';
import { DEMO_TOKEN, defaultSites, startFakeMatomo } from '@trafficinator/fake-matomo';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { addKey } from '../../src/cli/keys.ts';
import { ServiceProcess } from '../service-process.ts';
import { inChromium, person } from './browser.ts';
import { viewNames } from './view-names.ts';

const script = '<img src=x onerror="hit=1"><script>hit=1</script>';

/** Fails when the script became a part of the page, or the page's policy had to stop it. */
async function nothingRan(page: Page, blocked: readonly string[], where: string): Promise<void> {
  expect(await page.locator('img, body script, iframe, object').count(), where).toBe(0);
  expect(await page.evaluate('typeof hit'), where).toBe('undefined');
  expect(blocked, where).toEqual([]);
}

inChromium('Script', () => {
  it('is shown as text wherever a text can come from', async () => {
    const sites = defaultSites();
    const named = Object.fromEntries(
      Object.entries(sites).map(([id, site]) => [id, { ...site, name: `Site ${script}` }]),
    );
    const matomo = await startFakeMatomo({ sites: named });
    onTestFinished(() => matomo.close());
    const service = new ServiceProcess();
    await service.start();
    const data = join(service.folder, 'control');
    expect(() => addKey(data, `Key ${script}`, 'operator', () => {})).toThrow('small letters');
    const targets = [
      { name: `Target ${script}`, url: matomo.tracker_url, site_id: 1, token_auth: DEMO_TOKEN },
      { name: 'other', url: matomo.tracker_url.replace('127.0.0.1', 'localhost'), site_id: 1 },
    ];
    const applied = await service.ask('POST', '/api/config/apply', {
      config: { targets: JSON.stringify(targets), target_visits_per_day: 864_000 },
      preset: null,
    });
    expect(applied.status, applied.text).toBe(200);
    const preset = await service.ask('POST', '/api/presets', {
      name: `Preset ${script}`,
      description: `Note ${script}`,
      from: 'saved',
    });
    expect(preset.status, preset.text).toBe(201);
    await service.ask('POST', '/api/start', {});
    await service.until('/api/status', ({ hits }) => hits.accepted > 5);

    const page = await person();
    const blocked: string[] = [];
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) blocked.push(message.text());
    });
    await page.goto(service.url);
    await page.getByLabel('Key').fill(script);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.locator('#key-error').waitFor();
    await nothingRan(page, blocked, 'a wrong key');
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.locator('aside').getByText(`Target ${script}`).first().waitFor();
    await nothingRan(page, blocked, 'dashboard');

    await page.goto(`${service.url}/presets`);
    await page.getByRole('button', { name: `Preset ${script}` }).click();
    await page.getByText(`Note ${script}`).first().waitFor();
    await nothingRan(page, blocked, 'presets');
    await page.goto(`${service.url}/targets`);
    await page.getByRole('button', { name: `Test Target ${script}`, exact: true }).click();
    await page.getByText(`Site ${script}`).first().waitFor({ timeout: 60_000 });
    await nothingRan(page, blocked, 'targets');
  });

  it('is shown as text in every field that can be typed in, and in every address', async () => {
    const service = new ServiceProcess();
    await service.start();
    const page = await person();
    const blocked: string[] = [];
    page.on('dialog', (dialog) => void dialog.accept());
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) blocked.push(message.text());
    });
    await page.goto(service.url);
    await page.getByLabel('Key').fill(service.key);
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.getByRole('button', { name: 'Open the panel without' }).click();
    const query = new URLSearchParams(
      ['q', 'name', 'from', 'per_day', 'preset', 'select', 'range', 'level'].map(
        (name): [string, string] => [name, script],
      ),
    );
    for (const name of viewNames()) {
      for (const path of [`${name}?${query}`, `${name}/${encodeURIComponent(script)}`]) {
        await page.goto(`${service.url}/${path}`);
        await page.locator('main#main > *').first().waitFor();
        await nothingRan(page, blocked, path);
      }
      await page.goto(`${service.url}/${name}`);
      await page
        .locator(name === 'settings' ? '#concurrency' : 'main#main > *')
        .first()
        .waitFor();
      const fields = page.locator(
        'main input:is([type=text], [type=search], :not([type])):enabled, main textarea:enabled',
      );
      const count = await fields.count();
      for (let at = 0; at < count; at += 1) {
        // A field may go away because of what stands in another one.
        if (await fields.nth(at).isVisible()) await fields.nth(at).fill(script);
      }
      if (name === 'settings') expect(count).toBeGreaterThan(20);
      await nothingRan(page, blocked, name);
    }
  });
});
