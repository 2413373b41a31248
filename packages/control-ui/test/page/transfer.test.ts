import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('What is kept', () => {
  it('goes out as one file and into another service, which says before what becomes of it', async () => {
    const { service } = await serviceWithTarget({ concurrency: 33 });
    await service.ask('POST', '/api/presets', { name: 'Night', from: 'saved' });
    await service.ask('POST', '/api/presets', { name: 'Day', config: { concurrency: 5 } });
    const page = await person();
    await signIn(page, service);
    await page.getByRole('link', { name: 'More', exact: true }).first().click();
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const everything = await saved('Export everything');
    expect(everything).not.toContain('0123456789abcdef0123456789abcdef');
    // Who did what stands below, with the name of the key.
    await page
      .getByRole('group', { name: 'Audit trail' })
      .getByText('preset create')
      .first()
      .waitFor();
    await page.goto(`${service.url}/presets`);
    const presets = await saved('Export all');

    const { service: other } = await serviceWithTarget();
    await other.ask('POST', '/api/presets', { name: 'Day', config: { concurrency: 7 } });
    const names = async () =>
      (await other.ask('GET', '/api/presets')).json.items
        .map(({ name }: { name: string }) => name)
        .toSorted();
    const there = await person();
    await signIn(there, other);
    await there.goto(`${other.url}/presets`);
    const file = (text: string) => ({
      name: 'export.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
    await there.getByLabel('Preset file').setInputFiles(file(presets));
    const dialog = there.getByRole('dialog', { name: 'Import an export' });
    const day = dialog.locator('tr', { hasText: 'Day' });
    await day.getByText('left out: it is here already').waitFor();
    await dialog.getByRole('button', { name: 'Import 1 of 2' }).waitFor();
    expect(await names()).toEqual(['Day']);
    await dialog.getByRole('button', { name: 'Take both' }).click();
    await day.getByText('gets another name').waitFor();
    await dialog.getByRole('button', { name: 'Import 2 of 2' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await names()).toEqual(['Day', 'Day (imported)', 'Night']);

    await there.goto(`${other.url}/more`);
    await there.getByLabel('Export file').setInputFiles(file('{"format": "another"}'));
    await there.getByText('export.json is no export of this service.').waitFor();
    await there.getByLabel('Export file').setInputFiles(file(everything));
    await dialog.getByRole('button', { name: 'Replace it' }).click();
    await dialog.getByText('replaces what is here').first().waitFor();
    await dialog.getByRole('button', { name: /^Import \d+ of \d+$/ }).click();
    await dialog.waitFor({ state: 'detached' });
    const { json } = await other.ask('GET', '/api/settings');
    expect(json.values.concurrency).toBe(33);
  }, 120_000);
});
