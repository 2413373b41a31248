import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';
import { viewNames } from './view-names.ts';

const widths = [1440, 390];
const schemes = ['light', 'dark'] as const;
/** Colours are measured as they are, not on their way from one theme to the other. */
const calm = { reducedMotion: 'reduce' } as const;

/** What axe finds at both widths in both themes, a line each. */
async function violations(page: Page, what: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(`${axe.source}; undefined`);
      const results: AxeResults = await page.evaluate('axe.run()');
      for (const { id, nodes } of results.violations) {
        const where = nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`);
        found.push(`${what}, ${width} px, ${colorScheme}: ${id}\n  ${where.join('\n  ')}`);
      }
    }
  }
  return found;
}

/** What is still being loaded, in the words of the views. */
const loading = /(Loading|Reading)[^.]*…|Waiting for the first numbers/;

async function settled(page: Page): Promise<void> {
  await page.locator('main#main > :not(.dim)').first().waitFor();
  await page.locator('main').getByText(loading).first().waitFor({ state: 'detached' });
}

/** Two runs that are over, a backfill, and traffic that goes on. */
async function withPast(service: ServiceProcess) {
  await service.ask('POST', '/api/presets', { name: 'Night', from: 'saved' });
  for (const concurrency of [40, 50]) {
    await service.ask('POST', '/api/start', { new_run: true, config: { concurrency } });
    await service.until('/api/status', ({ hits }) => hits.accepted > 20);
    await service.ask('POST', '/api/stop?timeout=5');
    await service.until('/api/runs', ({ items }) =>
      items.every((each: { end: unknown }) => each.end),
    );
  }
  const [after, before] = (await service.ask('GET', '/api/runs')).json.items;
  const { json } = await service.ask('POST', '/api/backfill/run', {
    config: {
      backfill_start_date: '2026-06-01',
      backfill_end_date: '2026-06-07',
      backfill_max_visits_per_day: 20,
    },
  });
  await service.until('/api/backfill/status', ({ runs }) => runs[0].state === 'finished');
  await service.ask('POST', '/api/start', { new_run: true });
  await service.until('/api/status', ({ hits }) => hits.accepted > 5);
  return { after: after.id, before: before.id, backfill: json.job.id };
}

inChromium('axe', () => {
  it('finds nothing in any view, at 1440 and 390 px, light and dark', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const past = await withPast(service);
    const page = await person(calm);
    const found: string[] = [];
    await page.goto(service.url);
    await page.getByLabel('Key').waitFor();
    found.push(...(await violations(page, 'first key')));
    await signIn(page, service);
    const paths = [
      ...viewNames().map((name) => `/${name}`),
      '/more',
      `/runs/${past.after}`,
      `/runs/compare?a=${past.before}&b=${past.after}`,
      `/backfill/${past.backfill}`,
      '/backfill?from=2026-06-10&to=2026-06-01&per_day=many',
      '/presets?preset=built-in:heavy',
      '/logs?q=settings',
    ];
    for (const path of paths) {
      await page.goto(`${service.url}${path}`);
      await settled(page);
      found.push(...(await violations(page, path)));
    }
    expect(found).toEqual([]);
  }, 400_000);

  it('finds nothing in the first steps, in dialogs, and in a form with mistakes', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person(calm);
    page.on('dialog', (dialog) => void dialog.accept());
    await signIn(page, service);
    const found: string[] = [];
    const look = async (what: string) => found.push(...(await violations(page, what)));
    for (const step of [1, 2, 3]) {
      await page.goto(`${service.url}/first-steps?step=${step}`);
      await page.getByRole('button', { name: /Save and go on|Test the|Start Light/ }).waitFor();
      await look(`first steps ${step}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${service.url}/dashboard`);
    await page.getByRole('button', { name: 'Start…' }).click();
    await page.getByRole('dialog').waitFor();
    await look('confirmation');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await look('keys');
    await page.goto(`${service.url}/targets`);
    await page.getByRole('button', { name: 'Add a target…' }).click();
    await page.getByLabel('Address of the tracker').waitFor();
    await look('a new target');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${service.url}/settings`);
    await page.locator('#concurrency').fill('77');
    await page.getByRole('button', { name: 'Review and apply…' }).click();
    await page.getByRole('dialog').waitFor();
    await look('review');
    await page.keyboard.press('Escape');
    await page.locator('#matomo_url').fill('shop.example.org');
    await page.locator('#pageviews_min').fill('9');
    await page.locator('#f-matomo_url .err').waitFor();
    await look('mistakes');
    expect(found).toEqual([]);
  }, 400_000);
});

inChromium('What a person asked of the system', () => {
  it('less motion: nothing moves by itself', async () => {
    const { service } = await serviceWithTarget();
    const page = await person({ reducedMotion: 'reduce' });
    await signIn(page, service);
    for (const name of viewNames()) {
      await page.goto(`${service.url}/${name}`);
      await settled(page);
      const moving = await page.evaluate(`[...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element);
        const lasts = (text) => text.split(',').some((each) => parseFloat(each) > 0.01);
        return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration)) ||
          scrollBehavior === 'smooth';
      }).map((element) => element.outerHTML.slice(0, 100))`);
      expect(moving, name).toEqual([]);
    }
  });

  it('forced colours: outcomes keep their colours, and nothing is lost', async () => {
    const { service, matomo } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    matomo.faults.set({ answer: { status: 400, share: 0.3 } });
    await service.ask('POST', '/api/start', {});
    await service.until('/api/status', ({ hits }) => hits.rejected > 3);
    const page = await person();
    await signIn(page, service);
    await page.locator('.split i').first().waitFor();
    const colours = () =>
      page.evaluate(`[...document.querySelectorAll('.split i, .ledger svg')].map((element) => {
        const style = getComputedStyle(element);
        return element.tagName + ' ' + style.backgroundColor + ' ' + style.color;
      })`);
    await service.ask('POST', '/api/stop?timeout=5');
    await page.locator('.word', { hasText: 'Not running' }).waitFor({ timeout: 60_000 });
    const usual = await colours();
    expect(usual).not.toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await page.evaluate("matchMedia('(forced-colors: active)').matches")).toBe(true);
    expect(await colours()).toEqual(usual);
  });
});
