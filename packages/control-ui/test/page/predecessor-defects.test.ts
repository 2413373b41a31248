import { expect, it } from 'vitest';
import { inChromium } from './browser.ts';
import { allViews, apply, at, confirmed, savedOf } from './defects-ground.ts';

inChromium('What was wrong before is not here', () => {
  it('U-01: a save leaves the token as it is, and Matomo still takes it', async () => {
    const { service, page } = await at('/settings');
    await page.locator('#concurrency').fill('77');
    await apply(page);
    expect(await savedOf(service)).toMatchObject({ concurrency: 77, matomo_token_auth: '***' });
    const { json } = await service.ask('POST', '/api/test-connection', {});
    expect(json.success).toBe(true);
    expect(JSON.stringify(json)).toContain('the token may do more than view the site');
  });

  it('U-02: a box that was ticked can be unticked', async () => {
    const { service, page } = await at('/settings', { randomize_visitor_countries: true });
    const box = page.locator('#randomize_visitor_countries');
    await box.uncheck();
    await apply(page);
    expect((await savedOf(service)).randomize_visitor_countries).toBe(false);
    await page.reload();
    await box.waitFor();
    expect(await box.isChecked()).toBe(false);
  });

  it('U-03, U-04: an idle service can be started, and every order says in words what came of it', async () => {
    const { page } = await at('/dashboard', { target_visits_per_day: 864_000 });
    const start = page.getByRole('button', { name: 'Start…' });
    expect(await start.isEnabled()).toBe(true);
    const orders = [
      ['Start…', 'Start', 'Running'],
      ['Restart…', 'Restart', 'Running'],
      ['Stop…', 'Stop', 'Not running'],
    ] as const;
    for (const [button, verb, word] of orders) {
      await confirmed(page, button, verb);
      await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 60_000 });
      const said = await page.locator('.toast').last().textContent();
      expect(said).toMatch(/^[A-Z].*\.$/s);
      expect(said).not.toContain('undefined');
      await page.locator('.word', { hasText: word }).waitFor({ timeout: 60_000 });
    }
    await start.waitFor();

    // What fails is told as what failed, where it was asked for.
    const detail = 'A loader is just being stopped.';
    const problem = { status: 409, code: 'busy', detail, remedy: 'Start it then.', errors: [] };
    await page.route('**/api/start', (route) => route.fulfill({ status: 409, json: problem }));
    await confirmed(page, 'Start…', 'Start');
    await page.getByRole('dialog').getByRole('alert').getByText(detail).waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/undefined|\[object|NaN/);
  });

  it('U-05: a window that counts back from today is planned, and its mistakes are sentences', async () => {
    const { service, page } = await at('/backfill');
    await page.getByRole('button', { name: '30 days', exact: true }).click();
    await page.getByRole('button', { name: /^Send [\d,]+ visits…$/ }).waitFor({ timeout: 30_000 });
    const config = { backfill_days_back: 7, backfill_duration_days: 3 };
    expect((await service.ask('POST', '/api/backfill/forecast', { config })).json.days.length).toBe(
      3,
    );
    await page.getByLabel('First day').fill('2099-01-01');
    await page.getByLabel('Last day').fill('2098-01-01');
    await page.getByLabel('Last day').blur();
    await page.locator('#window-error').waitFor({ timeout: 30_000 });
    expect(await page.locator('#window-error').textContent()).toMatch(/[a-z].*\./);
    expect(await page.locator('body').textContent()).not.toContain('[object');
  });

  it('U-06: a backfill that failed says so, not in green, and its result stays', async () => {
    const { service, page, matomo } = await at('/backfill');
    const window = { backfill_days_back: 3, backfill_duration_days: 2 };
    const { json } = await service.ask('POST', '/api/backfill/run', { config: window });
    await service.until('/api/backfill/status', ({ runs }) => runs[0].report?.visits.done > 0);
    await service.until('/api/backfill/status', ({ runs }) => runs[0].finished_at !== null);
    await matomo.close();
    const refused = await service.ask('POST', '/api/backfill/run', { config: window });
    const id = refused.json.job?.id;
    expect(id).toBeDefined();
    expect(id).not.toBe(json.job.id);
    await page.goto(`${service.url}/backfill/${id}`);
    const word = page.locator('.word', { hasText: /Failed|Halted/ });
    await word.waitFor({ timeout: 60_000 });
    for (let look = 0; look < 2; look += 1) {
      expect(await word.locator('.o-accepted').count()).toBe(0);
      expect(await page.locator('.say').first().textContent()).toMatch(/Matomo|127\.0\.0\.1/);
      await page.reload();
      await word.waitFor();
    }
  }, 120_000);

  it('U-07: the log is live as soon as it is looked at', async () => {
    const { service, page } = await at('/logs', { target_visits_per_day: 864_000 });
    const follow = page.getByRole('button', { name: 'Hold still' });
    expect(await follow.isEnabled()).toBe(true);
    await service.ask('POST', '/api/start', {});
    await page.locator('.log-rows li').first().waitFor({ timeout: 30_000 });
    await page.getByText('state=running').first().waitFor({ timeout: 30_000 });
    await service.ask('POST', '/api/stop?timeout=5');
  });

  it('U-08: what belongs to ecommerce is there after loading, and after a reload', async () => {
    const { page } = await at('/settings', { ecommerce_probability: 0.2 });
    for (let look = 0; look < 2; look += 1) {
      await page.locator('#ecommerce_currency').waitFor();
      await page.locator('#ecommerce_tax_rate').waitFor();
      await page.reload();
    }
  });

  it('U-09: UTC stays UTC and USD stays USD', async () => {
    const { service, page } = await at('/settings', { timezone: 'UTC', ecommerce_currency: 'USD' });
    await page.locator('#concurrency').fill('77');
    await apply(page);
    expect(await savedOf(service)).toMatchObject({ timezone: 'UTC', ecommerce_currency: 'USD' });
    await page.reload();
    await page.locator('#timezone').waitFor();
    expect(await page.locator('#timezone').inputValue()).toBe('UTC');
    expect(await page.locator('#ecommerce_currency').inputValue()).toBe('USD');
  });

  it('U-10: events that somebody wrote reach Matomo', async () => {
    const { service, matomo, page } = await at('/dashboard', {
      target_visits_per_day: 864_000,
      click_events_probability: 1,
    });
    const config = { click_events: [{ category: 'Own', action: 'only here', name: 'n' }] };
    const any = { 'if-match': '*' };
    expect((await service.ask('PUT', '/api/events', { config }, any)).status).toBe(200);
    await confirmed(page, 'Start…', 'Start');
    const clicks = () =>
      matomo.store
        .visits(1)
        .flatMap(({ actions }) => actions.flatMap(({ content, ...each }) => eventOf(each) ?? []));
    await expect.poll(() => clicks().includes('only here'), { timeout: 60_000 }).toBe(true);
    await service.ask('POST', '/api/stop?timeout=5');
  });

  it('U-11: whichever view is reloaded, it is the one that is there, with what belongs to it', async () => {
    const { page } = await at('/dashboard');
    for (const view of await allViews(page)) {
      await page.goto(new URL(view, page.url()).href);
      const title = String(await page.locator('.nav [aria-current=page]').textContent());
      await page.reload();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(new URL(page.url()).pathname).toBe(view);
      await expect
        .poll(() => page.locator('main').textContent())
        .not.toMatch(/Loading…|Reading|Waiting for/);
      expect(String(await page.locator('main').textContent()).length).toBeGreaterThan(40);
    }
  });

  it('U-12: a view that is left asks for nothing any more', async () => {
    const { service, page } = await at('/dashboard', { target_visits_per_day: 864_000 });
    await service.ask('POST', '/api/start', {});
    await page.locator('.word', { hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await page.clock.install();
    await page.goto(`${service.url}/dashboard`);
    await page.locator('.word', { hasText: 'Running' }).waitFor();
    let asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const series = () => asked.filter((path) => path.endsWith('/series')).length;
    // While it is looked at, it asks again and again: there is something that could go on.
    await page.clock.runFor(31_000);
    await expect.poll(series).toBeGreaterThanOrEqual(3);
    for (const view of ['Runs', 'Logs', 'Presets']) {
      await page.getByRole('link', { name: view, exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: view }).waitFor();
    }
    await page.getByRole('heading', { name: 'Compare' }).waitFor();
    asked = [];
    await page.clock.runFor(120_000);
    await page.evaluate("fetch('/health')");
    // The last request is there: those before it are all known. The one connection of the page goes on, nothing else.
    await expect.poll(() => asked.includes('/health')).toBe(true);
    expect(
      asked.filter((path) => !/^\/(health|api\/(session|live|preferences))$/.test(path)),
    ).toEqual([]);
    await service.ask('POST', '/api/stop?timeout=5');
  });
});

const eventOf = (action: { readonly event?: { readonly action: string } }): string | null =>
  action.event?.action ?? null;
