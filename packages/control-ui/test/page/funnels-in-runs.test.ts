import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const page = { type: 'pageview', url: '/' };
const funnel = (name: string, rest: object = {}) => ({
  name,
  probability: 0.5,
  steps: [page],
  ...rest,
});
/** Until it fits: the service is asked meanwhile. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

inChromium('Funnels and journeys', () => {
  it('tell what became of them in a real run, and show a script as text', async () => {
    const { service } = await serviceWithTarget({
      target_visits_per_day: 864_000,
      auto_stop_after_hours: 0,
      journey_share: 1,
      seed: 1,
    });
    const script = '<img src=x onerror="document.title=1">';
    const steps = [
      { ...page, title: script },
      { type: 'event', event_category: script, event_action: script, event_name: script },
    ];
    await service.ask('POST', '/api/funnels', funnel(script, { probability: 0.5, steps }));
    await service.ask('POST', '/api/start', {});
    await service.until('/api/status', ({ visits }) => visits.delivered >= 12);
    await service.ask('POST', '/api/stop?timeout=10');
    const { items } = (await service.ask('GET', '/api/funnels/statistics')).json;
    const [told] = items;
    expect(told.completions).toBeGreaterThan(0);
    const at = await person();
    await signIn(at, service);
    await at.goto(`${service.url}/funnels/1?step=2`);
    const shown = at.locator('.bars tbody tr');
    await shown.nth(1).waitFor();
    const figures = await shown.nth(1).locator('td.num').allTextContents();
    const [planned, reached, missed] = figures.map((text) => Number(text.replaceAll(',', '')));
    expect(reached).toBe(told.steps[1]);
    expect(missed).toBe((planned ?? 0) - (reached ?? 0));
    await at.locator('.sec', { hasText: 'Completion' }).getByText(told.run.id).waitFor();
    await at.locator('.visit').nth(2).waitFor({ timeout: 30_000 });
    expect(await at.locator('main img').count()).toBe(0);
    expect(await at.getByText(script).count()).toBeGreaterThan(3);
    expect(await at.title()).toBe('Funnels · Trafficinator');

    const journeys = (await service.ask('GET', '/api/journeys/statistics')).json.items;
    const followed = new Map(
      journeys.map((each: { name: string; starts: number }) => [each.name, String(each.starts)]),
    );
    expect(followed.size).toBeGreaterThan(0);
    await at.getByRole('link', { name: 'Personas and your own' }).click();
    for (const [name, starts] of followed) {
      const row = at.locator('.shares tbody tr', {
        has: at.getByText(String(name), { exact: true }),
      });
      await soon(() => row.locator('td').last().textContent()).toBe(starts);
    }
  }, 120_000);

  it('fit a phone, and show journeys of one’s own with visits that follow them', async () => {
    const { service } = await serviceWithTarget();
    const at = await person({ viewport: { width: 390, height: 844 } });
    await signIn(at, service);
    await at.goto(`${service.url}/funnels/journeys`);
    await at.getByLabel('Visits on a journey').fill('1.5');
    await at.locator('.hint', { hasText: 'Visits on a journey must be a number from 0' }).waitFor();
    const saveShares = at.getByRole('button', { name: 'Save the shares' });
    expect(await saveShares.isDisabled()).toBe(true);
    await at.getByLabel('Visits on a journey').fill('0.5');
    await at.getByLabel('Weight of buyer').fill('many');
    await at.getByRole('list', { name: 'Mistakes in the weights' }).waitFor();
    await at.getByLabel('Weight of buyer').fill('115');
    await at.locator('tr', { hasText: 'buyer' }).getByText('28.75 %').waitFor();
    await saveShares.click();
    await at.getByText('not saved').waitFor({ state: 'detached' });
    expect((await service.ask('GET', '/api/settings')).json.values).toMatchObject({
      journey_share: 0.5,
      journeys: 'researcher:25,buyer:115,casual:60',
    });
    await at.getByRole('button', { name: 'Begin with an example' }).click();
    await at.locator('tr', { hasText: 'newsletter reader' }).waitFor();
    await at.locator('.visit').nth(2).waitFor({ timeout: 30_000 });
    const text = at.getByLabel('Journeys as JSON');
    const good = await text.inputValue();
    await text.fill(good.replace('"cart_share": 0.6', '"cart_share": 6'));
    await at.getByText('Journey 1 “buyer”: cart_share is 6, but must be 1 or less.').waitFor();
    expect(await at.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await text.fill(good);
    await at.getByRole('button', { name: 'Save', exact: true }).click();
    await at.getByText('The journeys are saved.').waitFor();
    await at.reload();
    await at.getByRole('button', { name: 'Reset…' }).click();
    await at.getByRole('button', { name: 'Reset', exact: true }).click();
    await at.getByText('The built-in journeys apply.').waitFor();
    await at.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await at.getByText('Your journeys are saved again.').waitFor();
    expect((await service.ask('GET', '/api/journeys')).json.content).toBe(good);
    const wide = 'document.documentElement.scrollWidth > innerWidth';
    expect(await at.evaluate(wide)).toBe(false);
    await service.ask('POST', '/api/funnels', funnel('One', { description: 'x'.repeat(500) }));
    await at.goto(`${service.url}/funnels?step=1`);
    await at.locator('.fsteps .body').waitFor();
    expect(await at.evaluate(wide)).toBe(false);
  }, 120_000);
});
