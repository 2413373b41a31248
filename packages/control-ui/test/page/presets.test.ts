import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('Presets', () => {
  it('are saved from the form, renamed, compared, applied, and brought back when deleted', async () => {
    const { service } = await serviceWithTarget({ concurrency: 33 });
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/settings`);
    await page.getByRole('button', { name: 'Save as preset…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Night');
    await page.getByRole('button', { name: 'Save the preset' }).click();
    await page.getByText('The preset “Night” is saved.').waitFor();

    await page.getByRole('link', { name: 'Presets' }).first().click();
    await page.getByRole('button', { name: 'Night', exact: true }).click();
    await page.getByText('They are the same.').waitFor();
    await page.getByLabel('Beside').selectOption('built-in:light');
    await page.locator('.diff li', { hasText: 'Concurrency' }).getByText('33 visits').waitFor();

    await page.getByRole('button', { name: 'Rename…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Late');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('button', { name: 'Late', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Medium', exact: true }).click();
    await page.getByRole('button', { name: 'Apply…' }).click();
    await page.getByRole('dialog').getByText('Concurrency').waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    const medium = page.locator('tr', { hasText: 'Medium' });
    await medium.getByText('in use').waitFor();
    expect(await medium.getByText('modified').count()).toBe(0);
    const { json } = await service.ask('GET', '/api/settings');
    expect(json).toMatchObject({
      preset: 'medium',
      values: { target_visits_per_day: 10_000, matomo_token_auth: '***' },
    });

    await page.getByRole('button', { name: 'Late', exact: true }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('“Late” is deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Late', exact: true }).waitFor();
  });

  it('go out as JSON and .env without tokens, and come in again', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/presets?preset=built-in:heavy`);
    const files: string[] = [];
    for (const name of ['Export JSON', 'Export .env']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      files.push(await download.path());
    }
    const [json = '', env = ''] = await Promise.all(files.map((path) => readFile(path, 'utf8')));
    expect(JSON.parse(json).settings.target_visits_per_day).toBe(50_000);
    expect(env).toContain('TARGET_VISITS_PER_DAY=50000');
    for (const [name, text, mimeType, made] of [
      ['from-env.env', env, 'text/plain', 'from-env'],
      ['from-json.json', json, 'application/json', 'heavy 2'],
    ] as const) {
      const buffer = Buffer.from(text);
      await page.getByLabel('Preset file').setInputFiles({ name, mimeType, buffer });
      await page.getByRole('button', { name: /^Import \d+ settings$/ }).click();
      await page.getByRole('button', { name: made, exact: true }).waitFor();
    }
    const { json: answer } = await service.ask('GET', '/api/presets');
    const { items } = answer as { items: { name: string; settings: Record<string, unknown> }[] };
    expect(items.map(({ name }) => name).toSorted()).toEqual(['from-env', 'heavy 2']);
    expect(items.every(({ settings }) => settings.target_visits_per_day === 50_000)).toBe(true);
  });

  it('that two people change are shown in both versions, and nothing is overwritten unasked', async () => {
    const { service } = await serviceWithTarget();
    const made = { name: 'Night', config: { concurrency: 20 } };
    const { json: preset } = await service.ask('POST', '/api/presets', made);
    const now = async () => (await service.ask('GET', `/api/presets/${preset.id}`)).json;
    const [one, two] = [await person(), await person()];
    for (const page of [one, two]) {
      await signIn(page, service);
      await page.goto(`${service.url}/presets?preset=${preset.id}`);
      await page.getByRole('button', { name: 'Rename…' }).click();
    }
    await one.getByLabel('Name', { exact: true }).fill('Late');
    await one.getByRole('button', { name: 'Rename', exact: true }).click();
    await one.getByText('The preset is called “Late” now.').waitFor();

    await two.getByLabel('Name', { exact: true }).fill('Dark hours');
    await two.getByRole('button', { name: 'Rename', exact: true }).click();
    const dialog = two.getByRole('dialog', { name: /^Somebody changed \w+ meanwhile$/ });
    await dialog.waitFor();
    const versions = () => dialog.locator('tr', { hasText: 'Name' }).locator('td').allInnerTexts();
    expect(await versions()).toEqual(['Name', 'Night', 'Late', 'Dark hours']);
    expect((await now()).name).toBe('Late');
    // It changes once more while the two versions are read.
    await service.ask('PUT', `/api/presets/${preset.id}`, { name: 'Later' }, { 'if-match': '*' });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(versions, { timeout: 10_000 }).toContain('Later');
    expect((await now()).name).toBe('Later');
    await two.getByRole('button', { name: 'Keep mine' }).click();
    await two.getByText('The preset is called “Dark hours” now.').waitFor();
    expect((await now()).name).toBe('Dark hours');

    // The first one looks at an old version and deletes it.
    await one.getByRole('button', { name: 'Delete…' }).click();
    await one.getByRole('button', { name: 'Delete', exact: true }).click();
    await one.getByRole('dialog', { name: 'Somebody changed Late meanwhile' }).waitFor();
    await one.getByRole('button', { name: 'Keep theirs' }).click();
    await one.getByRole('button', { name: 'Dark hours', exact: true }).waitFor();
    expect((await now()).name).toBe('Dark hours');
  });
});
