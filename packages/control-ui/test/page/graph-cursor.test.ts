import { expect, it } from 'vitest';
import { inChromium, minutesOfPoints, person, serviceWithTarget, signIn } from './browser.ts';

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
