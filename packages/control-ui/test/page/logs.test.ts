import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** The live stream as the service writes it, with these lines at once. */
async function streamOf(page: Page, texts: readonly string[]): Promise<void> {
  let sent = false;
  await page.route('**/api/live', (route) => {
    const events = texts.map((text, n) => {
      const level = n % 100 === 7 ? 'error' : 'info';
      const at = new Date(Date.UTC(2026, 4, 1) + n).toISOString();
      const data = JSON.stringify({ at, loader: 'loader-1', level, text, detail: null });
      return `id: ${n + 1}\nevent: log\ndata: ${data}\n\n`;
    });
    const body = sent ? '' : `retry: 100000\n${events.join('')}`;
    sent = true;
    return route.fulfill({ contentType: 'text/event-stream', body });
  });
}

const rows = (page: Page) => page.locator('.log-rows li');

inChromium('The log', () => {
  it('shows what was said and what comes, and keeps its filters in the address', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    await service.ask('POST', '/api/start', {});
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/logs`);
    await page.getByText('effective settings').waitFor();
    // It follows what runs while the page is open: nobody has to switch anything on.
    await page.getByText('Following.').waitFor();
    await service.ask('POST', '/api/stop');
    await page.getByText('state=draining').first().waitFor({ timeout: 30_000 });

    await page.getByLabel('Search the log').fill('SETTINGS');
    await expect.poll(() => page.locator('mark').count()).toBeGreaterThan(0);
    expect(await page.locator('mark').first().textContent()).toBe('settings');
    await page.getByRole('button', { name: 'Error', exact: false }).first().click();
    await page.getByText('No line fits').waitFor();
    await page.reload();
    await page.getByText('No line fits').waitFor();
    expect(new URL(page.url()).search).toBe('?q=SETTINGS&level=error');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('trafficinator.log');
  });

  it('stays light with thousands of lines, shows script as text, and says what it holds back', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const script = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await streamOf(page, [
      ...Array.from({ length: 6_000 }, (_, n) => `line ${n}`),
      `last ${script}`,
    ]);
    await page.goto(`${service.url}/logs?lines=all&q=script`);
    await page.getByText('6,001 lines held').waitFor();
    await page.locator('mark').first().waitFor();
    expect(await page.locator('.log-rows img, .log-rows script').count()).toBe(0);
    expect(await page.title()).toBe('Logs · Trafficinator');
    expect(await rows(page).last().locator('.msg').textContent()).toBe(`last ${script}`);
    expect(await rows(page).count()).toBeLessThan(150);

    await page.locator('.log-rows').evaluate((element) => element.scrollTo(0, 0));
    await page.getByText('because you scrolled up').waitFor();
    await page.getByText('line 0', { exact: true }).waitFor();
    await page.keyboard.press('f');
    await page.getByText('Following.').waitFor();
    await rows(page).last().locator('.msg', { hasText: 'last' }).waitFor();

    await page.getByRole('button', { name: 'Clear view' }).click();
    await page.getByText('The log is kept').waitFor();
  });
});
