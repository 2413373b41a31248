import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

/** A run that is as old as its graphs need, without waiting for it. */
async function minutesOfPoints(page: Page): Promise<void> {
  const now = Math.floor(Date.now() / 10_000) * 10;
  const points = Array.from({ length: 24 }, (_, at) => ({
    ...{ seconds: 10, visits: 5, planned_visits: 5, in_flight: 0 },
    ...{ accepted: 40 + at, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
    ...{ p50_ms: 20, p95_ms: 40, p99_ms: 60, lateness_p95_ms: 1 },
    at_seconds: now - 10 * (24 - at),
  }));
  await page.route('**/series?*', (route) => route.fulfill({ json: { points } }));
}

/** Numbers from 0 to below 1, the same at each run. */
function* numbers(): Generator<number, never> {
  let state = 1;
  for (;;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

inChromium('Graphs', () => {
  it('answer to keys, pointer and drags in any order, while numbers come in', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await minutesOfPoints(page);
    await signIn(page, service);
    await service.ask('POST', '/api/start', {});
    await page.locator('.now-tag').waitFor();
    const drawn = numbers();
    const next = (): number => drawn.next().value;
    const keys = ['ArrowLeft', 'ArrowRight', '+', '-', '0'];
    const over = page.locator('.u-over').first();
    for (let turn = 0; turn < 200; turn++) {
      const box = await over.boundingBox();
      if (box === null) throw new Error('The graph has no size.');
      const move = (y: number) => page.mouse.move(box.x + next() * box.width, box.y + y);
      if (turn % 3 === 0) await move(20);
      if (turn % 7 === 0) {
        await page.mouse.down();
        await move(22);
        await page.mouse.up();
      }
      await page.keyboard.press(keys[Math.floor(next() * keys.length)] as string);
    }
    await page.keyboard.press('0');
    await page.getByRole('button', { name: /^Show all/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('zoom')).toBe(false);
  }, 240_000);
});
