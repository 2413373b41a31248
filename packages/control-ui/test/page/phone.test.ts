import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';
import { allViews } from './defects-ground.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** How far the page is wider than what one sees of it. Pixels. */
const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

inChromium('On a phone', () => {
  it('no view scrolls sideways, light or dark, also with long texts and while something runs', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const long = 'A name that somebody wrote without thinking of phones '.repeat(2).slice(0, 100);
    await service.ask('POST', '/api/presets', { name: long.trim(), config: {} });
    await service.ask('POST', '/api/start', {});
    await service.until('/api/status', ({ hits }) => hits.accepted > 0);
    const [run] = (await service.ask('GET', '/api/runs')).json.items;
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await person({ ...phone, colorScheme });
      await signIn(page, service);
      const views = [...(await allViews(page)), '/more', `/runs/${run.id}`];
      for (const view of views) {
        await page.goto(`${service.url}${view}`);
        await page.locator('main h2, main .word, main .log-rows, main tbody').first().waitFor();
        await expect.poll(() => page.evaluate(tooWide), { message: view }).toBe(0);
      }
      await page.getByRole('button', { name: 'Search or run a command' }).click();
      await page.getByRole('option').first().waitFor();
      const box = await page.getByRole('dialog').boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
      await page.getByRole('option', { name: /^Logs/ }).click();
      await page.waitForURL('**/logs');
    }
    await service.ask('POST', '/api/stop?timeout=5');
  }, 120_000);
});
