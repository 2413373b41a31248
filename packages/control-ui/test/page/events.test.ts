import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, person, serviceWithTarget, signIn } from './browser.ts';

const any = { 'if-match': '*' };
const own = {
  click_events: [
    { category: 'Menu', action: 'Open', weight: 3 },
    { category: 'Form', action: 'Send', name: 'Order', value: 5 },
  ],
  click_events_probability: 1,
};

/** A person who looks at the events of a service. */
async function atEvents(config: unknown, settings: Readonly<Record<string, unknown>> = {}) {
  const { service } = await serviceWithTarget(settings);
  if (config !== null) {
    const { status } = await service.ask('PUT', '/api/events', { config }, any);
    expect(status).toBe(200);
  }
  const page = await person();
  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, service);
  await page.goto(`${service.url}/events`);
  await page.getByText('valid', { exact: true }).waitFor();
  return { service, page };
}

const contentOf = async (service: ServiceProcess) =>
  (await service.ask('GET', '/api/events')).json.content;
const categories = (page: Page) => page.getByLabel(/^Category of event/);
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The events are saved.').waitFor();
};

inChromium('The events', () => {
  it('begin with the built-in ones; the list that is changed becomes an own one', async () => {
    const { service, page } = await atEvents(null);
    await page.getByRole('heading', { name: 'No events of your own' }).waitFor();
    const built = await categories(page).count();
    expect(built).toBeGreaterThan(5);
    await page.getByLabel('Weight of event 1', { exact: true }).fill('4.5');
    await page.locator('.event-from', { hasText: 'your own' }).waitFor();
    await save(page);
    const { click_events, ...others } = JSON.parse(await contentOf(service));
    expect(click_events).toHaveLength(built);
    expect(click_events[0].weight).toBe(4.5);
    expect(others).toEqual({});
    await page.reload();
    await page.getByText('valid', { exact: true }).waitFor();
    expect(await page.getByLabel('Weight of event 1', { exact: true }).inputValue()).toBe('4.5');
    await page.getByRole('button', { name: 'Use the built-in ones' }).click();
    expect(await page.getByLabel('Weight of event 1', { exact: true }).inputValue()).toBe('');
  });

  it('are added, changed and removed with shares that follow, and brought back', async () => {
    const { service, page } = await atEvents(own);
    const shares = page.locator('.of-share');
    expect(await shares.allInnerTexts()).toEqual(['75.000 %', '25.000 %']);
    await page.getByRole('button', { name: 'Add an event' }).click();
    await page.keyboard.type('Video');
    await page.getByLabel('Action of event 3').fill('Play');
    await page.getByLabel('Value of event 3').fill('2.5');
    expect(await shares.allInnerTexts()).toEqual(['60.000 %', '20.000 %', '20.000 %']);
    await page.locator('.shares li', { hasText: 'Video / Play' }).getByText('20.000 %').waitFor();
    await page.getByRole('button', { name: 'Remove event 1' }).click();
    expect(await categories(page).count()).toBe(2);
    await page.locator('.toast', { hasText: 'Menu / Open' }).getByRole('button').click();
    expect(await categories(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Random events' }).click();
    await page.getByLabel('Share of visits, 0 to 1').fill('0.5');
    await page.getByText('50.000 % of visits').first().waitFor();
    await save(page);
    expect(JSON.parse(await contentOf(service))).toEqual({
      ...own,
      click_events: [...own.click_events, { category: 'Video', action: 'Play', value: 2.5 }],
      random_events_probability: 0.5,
    });
  });

  it('tell a mistake where it is, in the form and in the text', async () => {
    const { page } = await atEvents(own);
    await page.getByLabel('Category of event 2').fill('');
    await page.getByLabel('Weight of event 1', { exact: true }).fill('many');
    await page.getByText('2 errors').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await page
      .getByRole('list', { name: 'Mistakes in the events' })
      .getByRole('button', { name: 'Event 2 of click_events: category is empty.' })
      .click();
    await page.locator('#event-1-category:focus[aria-invalid=true]').waitFor();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await page.getByRole('button', { name: 'Line 6', exact: true }).click();
    await page.locator('.ed-told', { hasText: 'weight must be a number' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('{\n  "click_events": [\n    oops\n  ]\n}');
    await page.locator('.ed-numbers .bad', { hasText: '3' }).waitFor();
    expect(await page.locator('.ed-numbers .bad').count()).toBe(1);
    await page.getByText('The form needs lists of events.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    expect(await categories(page).count()).toBe(2);
  });

  it('are tried out with hits from the planner, before they are saved', async () => {
    const { page } = await atEvents(own, { pageviews_min: 3 });
    const samples = page.locator('.samples li');
    await samples.filter({ hasText: 'Menu / Open' }).first().waitFor({ timeout: 30_000 });
    await samples.filter({ hasText: 'Form / Send / Order = 5' }).first().waitFor();
    const script = '<img src=x onerror="document.title=1">';
    await page.getByLabel('Category of event 1', { exact: true }).fill(script);
    await page.getByRole('button', { name: 'Test changes' }).click();
    await samples
      .filter({ hasText: `${script} / Open` })
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await samples.filter({ hasText: 'Menu / Open' }).count()).toBe(0);
    await page.getByText('in 40 of 40 visits. Nothing was sent.').waitFor();
    expect(await page.title()).toBe('Events · Trafficinator');
  });

  it('are uploaded, downloaded, and reset with a way back', async () => {
    const { service, page } = await atEvents(null);
    const text = JSON.stringify(own);
    const buffer = Buffer.from(text);
    await page
      .getByLabel('File with events')
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer });
    await page.locator('.toast', { hasText: 'mine.json is in the field' }).waitFor();
    expect(await categories(page).count()).toBe(2);
    await save(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('events.json');
    expect(await readFile(await download.path(), 'utf8')).toBe(text);
    await page.getByRole('button', { name: 'Reset…' }).click();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    // At once: it is offered for eight seconds.
    const offered = page.locator('.toast', { hasText: 'The built-in events apply.' });
    await offered.getByRole('button').click();
    await page.getByText('Your events are saved again.').waitFor();
    const { json: audit } = await service.ask('GET', '/api/audit');
    const done = audit.items.map(({ action }: { action: string }) => action);
    expect(done).toContain('events.clear');
    expect(await contentOf(service)).toBe(text);
    expect(await categories(page).count()).toBe(2);
  });

  it('show both versions when somebody else saved meanwhile', async () => {
    const { service, page } = await atEvents(own);
    await page.getByLabel('Action of event 1', { exact: true }).fill('Close');
    const theirs = { click_events: [{ category: 'Their', action: 'Event' }] };
    await service.ask('PUT', '/api/events', { config: theirs }, any);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved the events meanwhile' });
    await dialog.getByText('"Their"').waitFor();
    await dialog.getByText('"Close"').waitFor();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    expect(await categories(page).count()).toBe(1);
    await page.locator('.acts').getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByLabel('Action of event 1', { exact: true }).inputValue()).toBe('Close');
    expect(JSON.parse(await contentOf(service))).toEqual(theirs);
  });
});
