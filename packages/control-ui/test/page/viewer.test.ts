import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addKey } from '../../src/cli/keys.ts';
import { inChromium, person, serviceWithTarget } from './browser.ts';

inChromium('A viewer', () => {
  it('sees settings, presets, targets and funnels, and no button that it may not use', async () => {
    const { service } = await serviceWithTarget();
    const said: string[] = [];
    addKey(join(service.folder, 'control'), 'watcher', 'viewer', (line) => said.push(line));
    const key = said.find((line) => line.startsWith('trf_'));
    const page = await person();
    await page.goto(`${service.url}/settings`);
    await page.getByLabel('Key').fill(String(key));
    await page.getByRole('button', { name: 'Open the panel' }).click();
    await page.locator('#concurrency').waitFor();
    expect(await page.locator('#concurrency').isDisabled()).toBe(true);
    const buttons = async () => {
      const texts = await page.locator('main button').allTextContents();
      return texts.filter((text) => text !== 'Show the names');
    };
    expect(await buttons()).toEqual(['Copy as .env', 'Copy for compose']);
    await page.goto(`${service.url}/presets?preset=built-in:light`);
    await page.getByRole('heading', { name: 'Compare' }).waitFor();
    const presets = ['Light', 'Medium', 'Heavy', 'Extreme'];
    expect(await buttons()).toEqual([...presets, 'Export JSON', 'Export .env']);
    const steps = [{ type: 'pageview', url: '/' }];
    await service.ask('POST', '/api/funnels', { name: 'Tour', probability: 1, steps });
    await page.goto(`${service.url}/funnels?step=1`);
    await page.locator('.visit').first().waitFor({ timeout: 30_000 });
    expect(await page.getByLabel('Title').isDisabled()).toBe(true);
    expect(await page.getByRole('switch', { name: 'Use Tour' }).isDisabled()).toBe(true);
    const labels = (await buttons()).map((text) => text.replace(/^1.*/, 'the step'));
    expect(labels).toEqual(['Export all', 'the step', 'Export', 'Three others']);
    await page.goto(`${service.url}/targets`);
    await page.getByText('One target, from Settings.').waitFor();
    expect(await buttons()).toEqual(['matomo']);
  });
});
