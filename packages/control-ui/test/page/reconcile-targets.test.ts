import { DEMO_TOKEN, startFakeMatomo } from '@trafficinator/fake-matomo';
import { expect, it, onTestFinished } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

inChromium('A backfill of several targets', () => {
  it('shows the sum and each part, and is reconciled with each target’s Matomo', async () => {
    const { service } = await serviceWithTarget();
    const other = await startFakeMatomo();
    onTestFinished(() => other.close());
    const target = { name: 'second', url: other.tracker_url, site_id: 1, token_auth: DEMO_TOKEN };
    await service.ask('POST', '/api/targets', { ...target, weight: 3 });
    const config = {
      backfill_start_date: '2026-05-01',
      backfill_end_date: '2026-05-04',
      backfill_max_visits_per_day: 40,
      backfill_seed: 7,
    };
    const { json } = await service.ask('POST', '/api/backfill/run', { name: 'Both', config });
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/backfill/${json.job.id}`);
    await page.locator('.word', { hasText: 'Finished' }).waitFor({ timeout: 60_000 });
    const said = await page.getByText(/^\d+ of \d+ visits$/).textContent();
    const [done = 0, planned = 0] = said?.match(/\d+/g)?.map(Number) ?? [];
    expect(planned).toBe(done);
    await page.getByText('2 targets', { exact: false }).first().waitFor();

    const parts = page.getByRole('group', { name: 'Targets of this backfill' });
    const visits = await parts.locator('tbody tr td:nth-child(4)').allTextContents();
    const each = visits.map((text) => Number(/^\d+/.exec(text)?.[0]));
    expect(each).toHaveLength(2);
    expect((each[0] ?? 0) + (each[1] ?? 0)).toBe(done);
    expect(each[1]).toBeGreaterThan(each[0] ?? 0);

    await page.getByRole('button', { name: 'second', exact: true }).click();
    expect(new URL(page.url()).searchParams.get('target')).toBe('second');
    await page.getByRole('button', { name: 'Reconcile: second' }).click();
    await page.getByRole('button', { name: 'second: equal' }).waitFor({ timeout: 90_000 });
    await page.getByText(`Equal: Matomo reports what was delivered, ${each[1]} visits`).waitFor();
    // One of two is not all.
    expect(await page.locator('.word').textContent()).toBe('Finished');

    await page.getByRole('button', { name: 'Reconcile all 2' }).click();
    await page.getByText('Finished, and Matomo agrees').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'matomo: equal' }).click();
    await page.getByText(`Equal: Matomo reports what was delivered, ${each[0]} visits`).waitFor();

    // What is kept of the run is the same sum.
    const { json: run } = await service.ask('GET', `/api/runs/${json.job.run_id}`);
    expect(run).toMatchObject({ end: 'finished', result: { visits: { done, remaining: 0 } } });
    expect(run.result.targets.map(({ name }: { name: string }) => name)).toEqual([
      'matomo',
      'second',
    ]);
  }, 240_000);
});
