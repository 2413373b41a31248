import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const page = { type: 'pageview', url: '/' };
const funnel = (name: string, rest: object = {}) => ({
  name,
  probability: 0.5,
  steps: [page],
  ...rest,
});
const stepLines = (at: Page) => at.locator('.fsteps .line .clip').allTextContents();
const visits = (at: Page) => at.locator('.visit');
/** Until it fits: the service is asked meanwhile. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const save = (at: Page) => at.getByRole('button', { name: 'Save', exact: true });

inChromium('Funnels', () => {
  it('are made from a template, edited, moved by keyboard and mouse, and kept', async () => {
    const { service } = await serviceWithTarget();
    const at = await person();
    await signIn(at, service);
    await at.keyboard.press('g');
    await at.keyboard.press('f');
    await at.getByRole('heading', { name: 'No funnels yet' }).waitFor();
    await at.getByRole('button', { name: 'Begin with a template…' }).click();
    await at.getByRole('button', { name: 'Purchase', exact: true }).click();
    await soon(() => new URL(at.url()).pathname).toBe('/funnels/new');
    await visits(at).nth(2).waitFor({ timeout: 30_000 });
    expect(await visits(at).count()).toBe(3);
    await soon(() => visits(at).first().textContent()).toMatch(
      /Landing Page[\s\S]*Order \S+, [\d.]+ /,
    );

    // A wrong value is told at its field, and nothing can be saved with it.
    await at.getByLabel('Probability', { exact: false }).fill('2');
    await at.locator('.hint', { hasText: 'Probability is 2, but must be 1 or less.' }).waitFor();
    expect(await save(at).isDisabled()).toBe(true);
    await at.getByLabel('Probability', { exact: false }).fill('0.25');
    await at.locator('.fsteps .line').nth(1).click();
    expect(new URL(at.url()).searchParams.get('step')).toBe('2');
    const action = at.locator('.fsteps .body').getByLabel('Action', { exact: true });
    await action.fill('');
    await at.locator('.hint', { hasText: 'Action is missing.' }).waitFor();
    expect(await action.getAttribute('aria-invalid')).toBe('true');
    await at.locator('h1').click();
    await at.keyboard.press('n');
    expect(await action.evaluate((input) => input.matches(':focus'))).toBe(true);
    await action.fill('Tap');
    await at.locator('.hint', { hasText: 'Action is missing.' }).waitFor({ state: 'detached' });

    // The step goes down with the keyboard, the focus and the address go with it.
    await action.press('Alt+ArrowDown');
    expect((await stepLines(at)).slice(0, 3).map((text) => text.trim())).toEqual([
      'Landing Page /',
      'Product Detail /product/widget',
      'CTA / Tap / Hero CTA',
    ]);
    expect(new URL(at.url()).searchParams.get('step')).toBe('3');
    expect(await action.evaluate((input) => input.matches(':focus'))).toBe(true);
    await at.locator('.fsteps .line').nth(2).click();

    // The last one goes to the second place with the mouse.
    const grips = at.locator('.fsteps .grip');
    const from = await grips.nth(5).boundingBox();
    const to = await at.locator('.fsteps > li').nth(1).boundingBox();
    if (from === null || to === null) throw new Error('The steps are not drawn.');
    await at.mouse.move(from.x + 4, from.y + 8);
    await at.mouse.down();
    await at.mouse.move(to.x + 8, to.y + 2, { steps: 5 });
    await at.locator('.fsteps > li.drop-before').waitFor();
    await at.mouse.up();
    await soon(async () => (await stepLines(at))[1]?.trim()).toBe('Order Complete');
    await at.getByRole('button', { name: 'Undo', exact: true }).click();
    await soon(async () => (await stepLines(at))[5]?.trim()).toBe('Order Complete');

    // What is not saved lasts over a reload; then it is saved and lasts as well.
    at.once('dialog', (dialog) => void dialog.accept());
    await at.reload();
    await at.getByText('new, not saved').waitFor();
    await save(at).click();
    await at.getByText('“Ecommerce Purchase” is saved.').waitFor();
    expect(new URL(at.url()).pathname).toBe('/funnels/1');
    await at.reload();
    await at.getByRole('link', { name: 'Ecommerce Purchase' }).waitFor();
    const { json } = await service.ask('GET', '/api/funnels/1');
    expect(json.funnel).toMatchObject({ probability: 0.25 });
    expect(json.funnel.steps[2]).toMatchObject({ type: 'event', event_action: 'Tap' });
    expect(json.funnel.steps).toHaveLength(6);
  }, 120_000);

  it('are ordered, switched, duplicated, exported, deleted, brought back and imported', async () => {
    const { service } = await serviceWithTarget();
    for (const name of ['First', 'Second']) {
      await service.ask('POST', '/api/funnels', funnel(name));
    }
    const at = await person();
    await signIn(at, service);
    await at.goto(`${service.url}/funnels`);
    const rows = at.locator('.pick.sort li a');
    await at.getByText('25 % of visits, 1 step').waitFor();
    await at.getByRole('button', { name: /^Move Second/ }).press('Alt+ArrowUp');
    await soon(() => rows.allTextContents()).toEqual(['Second', 'First']);
    await at.getByRole('switch', { name: 'Use Second' }).click();
    await at.getByText('off, would take 50 %').waitFor();
    const order = (await service.ask('GET', '/api/funnels')).json.items;
    expect(order.map((each: { name: string }) => each.name)).toEqual(['Second', 'First']);
    expect(order[0].enabled).toBe(false);

    await at.getByRole('link', { name: 'First', exact: true }).click();
    await at.getByRole('button', { name: 'Duplicate…' }).click();
    await at.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await at.getByRole('heading', { name: 'First copy' }).waitFor();
    const [download] = await Promise.all([
      at.waitForEvent('download'),
      at.getByRole('button', { name: 'Export all' }).click(),
    ]);
    const file = await readFile(await download.path());
    const names = JSON.parse(file.toString('utf8')).map((each: { name: string }) => each.name);
    expect(names.toSorted()).toEqual(['First', 'First copy', 'Second']);

    await at.getByRole('button', { name: 'Delete…' }).click();
    await at.getByRole('button', { name: 'Delete', exact: true }).click();
    await at.getByText('“First copy” is deleted.').waitFor();
    await soon(() => rows.count()).toBe(2);
    await at.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await at.getByText('“First copy” is back.').waitFor();
    await soon(() => rows.count()).toBe(3);

    const upload = (name: string, buffer: Buffer) =>
      at.getByLabel('Funnels file').setInputFiles({ name, mimeType: 'application/json', buffer });
    await upload('broken.json', Buffer.from('[{"name": "X", "probability": 3, "steps": []}]'));
    await at.getByText('probability is 3, but must be 1 or less.').waitFor();
    expect(await at.getByRole('button', { name: 'Import 0 funnels' }).isDisabled()).toBe(true);
    await at.getByRole('button', { name: 'Close' }).click();
    await upload('funnels.json', file);
    await at.getByText('3 names are here already.').waitFor();
    await at.getByRole('button', { name: 'Import 3 funnels' }).click();
    await soon(() => rows.count()).toBe(6);
  }, 120_000);

  it('show both versions when somebody else saved, and ask before they are left', async () => {
    const { service } = await serviceWithTarget();
    await service.ask('POST', '/api/funnels', funnel('Shared'));
    const [one, other] = [await person(), await person()];
    for (const at of [one, other]) {
      await signIn(at, service);
      await at.goto(`${service.url}/funnels/1`);
      await at.getByLabel('Name', { exact: true }).waitFor();
    }
    await other.getByLabel('Name', { exact: true }).fill('Theirs');
    await other.getByLabel('Description').fill('From another browser');
    await save(other).click();
    await other.getByText('“Theirs” is saved.').waitFor();
    await one.getByLabel('Name', { exact: true }).fill('Mine');
    await save(one).click();
    await one.getByText('Somebody saved this funnel meanwhile').waitFor();
    const row = one.getByRole('dialog').locator('tr', { hasText: 'both' });
    expect((await row.locator('td').allTextContents()).slice(1)).toEqual([
      'Shared',
      'Theirs',
      'Mine',
    ]);
    await one.getByRole('button', { name: 'Keep mine' }).click();
    expect(await one.getByLabel('Description').inputValue()).toBe('From another browser');

    await one.getByRole('link', { name: 'Dashboard' }).first().click();
    await one.getByText('Leave with changes of “Mine” not saved?').waitFor();
    await one.getByRole('button', { name: 'Cancel' }).click();
    await save(one).click();
    await one.getByText('“Mine” is saved.').waitFor();
    const { json } = await service.ask('GET', '/api/funnels/1');
    expect(json).toMatchObject({ name: 'Mine', description: 'From another browser' });
  }, 120_000);
});
