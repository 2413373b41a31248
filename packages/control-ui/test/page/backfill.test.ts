import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const address = (window: Record<string, string>) => `/backfill?${new URLSearchParams(window)}`;

inChromium('Backfill', () => {
  it('plans, sends, pauses, goes on, and shows that Matomo has what was planned', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    // Slow enough to be paused: 60 days of 40 visits at 300 hits a second.
    const window = { from: '2026-05-01', to: '2026-06-29', per_day: '40', seed: '7' };
    await page.goto(`${service.url}${address({ ...window, hits_per_second: '300' })}`);
    await page.getByText('60 days', { exact: false }).first().waitFor();
    const send = page.getByRole('button', { name: /^Send [\d,]+ visits…$/ });
    await send.waitFor({ timeout: 30_000 });
    const visits = /[\d,]+/.exec((await send.textContent()) ?? '')?.[0] ?? '';
    await page.getByText('the same seed (7)').waitFor();
    await page.getByLabel('Name, for people').fill('Spring');
    await send.click();
    await page.getByText('cannot be taken back one by one').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();

    await page.getByText(/Sending day \d+ of 60/).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Pause…' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.locator('.word', { hasText: 'Paused' }).waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByRole('button', { name: 'Resume…' }).click();
    await page.getByText('No visit is sent twice').last().waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.locator('.word', { hasText: 'Finished' }).waitFor({ timeout: 90_000 });
    await page.getByText(`${visits} of ${visits} visits`).waitFor();
    const figures = await page.locator('.ledger .fig').allInnerTexts();
    const [planned, ...outcomes] = figures.map((text) =>
      Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')),
    );
    expect(planned).toBe(outcomes.reduce((sum, each) => sum + each, 0));
    expect(await page.locator('.days i.done').count()).toBe(60);
    await page.getByText('core:archive').first().waitFor();

    await page.getByRole('button', { name: 'Reconcile' }).click();
    await page.getByText('Finished, and Matomo agrees').waitFor({ timeout: 60_000 });
    await page.getByText('Differences without an explanation: 0.').waitFor();
  }, 180_000);

  it('is given up for good, still compared with Matomo, and then cleaned up', async () => {
    const { service } = await serviceWithTarget();
    const config = {
      backfill_start_date: '2026-05-01',
      backfill_end_date: '2026-06-29',
      backfill_max_visits_per_day: 40,
      backfill_hits_per_second: 200,
    };
    const { json } = await service.ask('POST', '/api/backfill/run', { name: 'Short', config });
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/backfill/${json.job.id}`);
    await page.getByText(/Sending day \d+ of 60/).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Cancel…' }).click();
    await page.getByText('It cannot go on afterwards.').waitFor();
    await page.getByRole('button', { name: 'Cancel the backfill' }).click();
    await page.locator('.word', { hasText: 'Cancelled' }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: 'Resume…' }).count()).toBe(0);
    const { id } = json.job;
    const again = await service.ask('POST', '/api/backfill/resume', { id });
    expect(again).toMatchObject({ status: 409, json: { code: 'not_running' } });
    await page.getByRole('button', { name: 'Reconcile' }).click();
    await page.getByText('Equal: Matomo reports what was delivered').waitFor({ timeout: 60_000 });
    const { json: cleaned } = await service.ask('POST', '/api/backfill/cleanup');
    expect(cleaned.removed).toEqual([id]);
    expect((await service.ask('POST', '/api/reconcile', { id })).status).toBe(404);
  }, 180_000);

  it('tells every mistake at its field, and keeps the form in the address', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    await page.goto(
      `${service.url}${address({ from: '2026-06-10', to: '2026-06-01', per_day: 'many' })}`,
    );
    await page.locator('#window-error', { hasText: 'Exchange the two dates.' }).waitFor();
    const cap = page.locator('#backfill_max_visits_per_day');
    await page.locator('#backfill_max_visits_per_day-error').waitFor();
    expect(await cap.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('main').textContent()).not.toContain('[object');
    expect(await page.getByRole('button', { name: 'Send…' }).isDisabled()).toBe(true);
    await cap.fill('20');
    await page.locator('#backfill_max_visits_per_day-error').waitFor({ state: 'detached' });
    // On the calendar: the first press begins a window, the second ends it.
    await page.goto(
      `${service.url}${address({ from: '2026-06-10', to: '2026-06-12', month: '2026-06' })}`,
    );
    await page.getByRole('button', { name: '3 Jun 2026', exact: true }).click();
    await page.getByText('choose the last day').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('to')).toBe('2026-06-04');
    expect(new URL(page.url()).searchParams.get('from')).toBe('2026-06-03');
    await page.getByRole('button', { name: /^Send [\d,]+ visits…$/ }).waitFor({ timeout: 30_000 });
  });

  it('asks for the host before a large one, and shows a refusal as a failure', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 100_000 });
    const page = await person();
    await signIn(page, service);
    const window = { from: '2026-06-01', to: '2026-06-10', per_day: '3000' };
    await page.goto(`${service.url}${address(window)}`);
    const send = page.getByRole('button', { name: /^Send [\d,]+ visits…$/ });
    await send.click({ timeout: 60_000 });
    const go = page.getByRole('button', { name: 'Send', exact: true });
    expect(await go.isDisabled()).toBe(true);
    const { matomo_url } = (await service.ask('GET', '/api/settings')).json.values;
    await page.getByLabel(/to go on/).fill(new URL(matomo_url).host);
    expect(await go.isDisabled()).toBe(false);
    await page.route('**/api/backfill/run', (route) =>
      route.fulfill({
        status: 409,
        json: { code: 'backfills_at_limit', detail: '2 backfills run already.', remedy: 'Wait.' },
      }),
    );
    await go.click();
    await page.locator('dialog .note.bad', { hasText: '2 backfills run already. Wait.' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/backfill');
  });
});
