import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** A run that is over, with these settings. */
async function ranWith(service: ServiceProcess, config: Record<string, unknown>): Promise<void> {
  await service.ask('POST', '/api/start', { new_run: true, config });
  await service.until('/api/status', ({ hits }) => hits.accepted > 5);
  await service.ask('POST', '/api/stop?timeout=5');
  await service.until('/api/runs', ({ items }) => items.every(({ end }: { end: unknown }) => end));
}

inChromium('Runs', () => {
  it('lists runs, opens one, and compares two by keyboard alone', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/runs`);
    await page.getByText('No run yet').waitFor();
    await ranWith(service, { target_visits_per_day: 864_000, concurrency: 40 });
    await ranWith(service, { target_visits_per_day: 1_728_000, concurrency: 60 });
    // The list hears of runs by itself.
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    await expect.poll(() => page.locator('tbody tr').first().textContent()).toMatch(/Stopped/);

    for (const key of ['j', 'x', 'j', 'x', 'c']) await page.keyboard.press(key);
    await page.getByText('Settings that differ').waitFor();
    const [a, b] = await page.locator('.cmp thead a').allInnerTexts();
    expect(page.url()).toContain(`/runs/compare?a=run-${a}&b=run-${b}`);
    await page.getByText('concurrency', { exact: true }).waitFor();
    await page.locator('.cmp tr.sum').getByText('Planned').waitFor();
    await page.getByRole('button', { name: 'Swap A and B' }).click();
    await expect.poll(() => page.locator('.cmp thead a').first().textContent()).toBe(b);

    await page.goBack();
    await expect.poll(() => page.locator('tr.sel').count()).toBe(2);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.word', { hasText: 'Stopped' }).waitFor();
    const figures = await page.locator('.ledger .fig').allInnerTexts();
    const [planned, ...outcomes] = figures.map((text) =>
      Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')),
    );
    expect(planned).toBe(outcomes.reduce((sum, each) => sum + each, 0));

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save report' }).click();
    const html = readFileSync(await (await saving).path(), 'utf8');
    expect(html).toContain('matomo_token_auth');
    expect(html).not.toContain('0123456789abcdef0123456789abcdef');

    await page.getByRole('button', { name: 'Forget…' }).click();
    await page.getByText('What it sent stays in Matomo').waitFor();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  });

  it('says what is not there, and shows no button that a viewer may not use', async () => {
    const { service } = await serviceWithTarget();
    await ranWith(service, { target_visits_per_day: 864_000 });
    const [run] = (await service.ask('GET', '/api/runs')).json.items;
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/runs/run-000000000000`);
    await page.getByText('There is no run run-000000000000.').waitFor();

    await page.route('**/api/session', (route) =>
      route.fulfill({ json: { name: 'guest', role: 'viewer', expires_at: null } }),
    );
    await page.goto(`${service.url}/runs/${run.id}`);
    await page.getByRole('button', { name: 'Download JSON' }).waitFor();
    expect(await page.getByRole('button', { name: 'Forget…' }).count()).toBe(0);
  });
});
