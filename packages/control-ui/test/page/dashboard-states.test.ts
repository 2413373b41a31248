import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const start = (service: ServiceProcess, config: Record<string, unknown>) =>
  service.ask('POST', '/api/start', { new_run: true, restart_if_running: true, config });

const word = (page: Page, text: string) =>
  page.locator('.word', { hasText: text }).waitFor({ timeout: 60_000 });
const sentence = (page: Page) => page.locator('.state .say').textContent();

inChromium('The dashboard tells', () => {
  it('what a start depends on, a pause at the cap with its end, and a finished run', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await signIn(page, service);
    await word(page, 'Not running');
    expect(await sentence(page)).toMatch(
      /^Nothing was sent yet\. Start sends 10\.00 visits\/s to http\S+ until you stop it\.$/,
    );
    await page.getByRole('heading', { name: 'Before you start' }).waitFor();
    await page.getByRole('button', { name: 'Test now' }).click();
    await page.getByText('Matomo took a marked visit at').waitFor({ timeout: 60_000 });

    await start(service, { max_visits_per_day: 20 });
    await word(page, 'Paused at the daily cap');
    expect(await sentence(page)).toMatch(
      /^Today’s cap of 20 visits is reached: 20 have begun\. It continues at \S+ \S+( \(\S+ \S+ at the site\))?, in [\dhmins ]+\.$/,
    );
    await page.getByText('cap 20, reached').waitFor();
    await page.getByText(/^the site’s day ends in /).waitFor();
    await page.getByRole('link', { name: 'Change the cap' }).click();
    await page.getByRole('textbox', { name: 'Daily cap' }).waitFor();

    await start(service, { max_visits_per_day: null, max_visits: 5 });
    await page.goto(`${service.url}/dashboard`);
    await word(page, 'Finished');
    expect(await sentence(page)).toContain('5 visits, 5 delivered whole.');
    const last = page.locator('section', { hasText: 'Last run' }).last();
    await last.getByText('100.000 %').waitFor();
    await last.getByRole('link', { name: 'Open' }).click();
    await word(page, 'Finished');
  }, 180_000);

  it('why a run failed and what to do, and that a loader does not answer', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await signIn(page, service);
    const { json: saved } = await service.ask('GET', '/api/settings');
    await start(service, { matomo_url: 'http://127.0.0.1:9/matomo.php' });
    await word(page, 'Failed');
    await page.getByText('Matomo cannot be reached, or refuses the site or the token.').waitFor();
    await page.getByText('loader-1: exit code 3').waitFor();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    expect(await page.getByRole('link', { name: 'Test the target' }).getAttribute('href')).toBe(
      '/targets',
    );

    await start(service, {
      matomo_url: saved.values.matomo_url,
      matomo_token_auth: '0123456789abcdef0123456789abcdef',
    });
    await word(page, 'Running');
    const { loaders } = await service.until('/api/status', ({ hits }) => hits.accepted > 0);
    const pid = Number(/process (\d+)/.exec(loaders[0].detail)?.[1]);
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It has ended.
      }
    });
    await word(page, 'Loader not reachable');
    expect(await sentence(page)).toMatch(/may still be sending\. The numbers are from \d\d:/);
    await page.locator('.stale .ledger').waitFor();
    process.kill(pid, 'SIGCONT');
    await word(page, 'Running');
    await page.locator('.stale').waitFor({ state: 'detached' });
  }, 180_000);

  it('rates over time with one cursor and a zoom, the settings against the preset, and each worker', async () => {
    const { service } = await serviceWithTarget();
    await service.ask('POST', '/api/start', { preset: 'light', new_run: true });
    const config = { target_visits_per_day: 864_000, concurrency: 77 };
    const { json } = await service.ask('POST', '/api/restart', { config, workers: 2 });
    const page = await person();
    await signIn(page, service);
    await word(page, 'Running');
    await page.getByText('modified: 2').waitFor();
    const changed = page.locator('.diff li', { hasText: 'Visits per day' });
    expect(await changed.textContent()).toContain('1,000→864,000');
    await page.getByText('2 of 2').waitFor();

    const series = `/api/runs/${json.run_id}/series`;
    await service.until(series, ({ points }) => points.length > 2, 150);
    const graph = page.getByRole('img', { name: 'Hits per second: with an outcome, and accepted' });
    await graph.waitFor({ timeout: 30_000 });
    for (const range of ['1 h', '6 h', 'Whole run']) {
      await page.getByRole('button', { name: range, exact: true }).click();
      await graph.waitFor();
    }
    expect(new URL(page.url()).searchParams.get('range')).toBe('run');

    // One cursor in all graphs: the legend tells its moment.
    await expect.poll(() => page.locator('.plot .u-over').count()).toBe(5);
    const box = await graph.locator('.u-over').boundingBox();
    if (box === null) throw new Error('The graph has no size.');
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + 2, middle);
    const first = await page.locator('.now-tag').textContent();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.now-tag').textContent()).not.toBe(first);

    await page.mouse.move(box.x + box.width * 0.3, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, middle, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Show all/ }).waitFor();
    const zoom = /^(\d+)-(\d+)$/.exec(new URL(page.url()).searchParams.get('zoom') ?? '');
    expect(Number(zoom?.[2])).toBeGreaterThan(Number(zoom?.[1]));
    await page.keyboard.press('0');
    await page.getByRole('button', { name: /^Show all/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('zoom')).toBe(false);

    await page.getByText('Show as table').click();
    await page.getByRole('columnheader', { name: 'Planned visits/s' }).waitFor();
  }, 400_000);
});
