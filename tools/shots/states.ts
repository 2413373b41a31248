import type { Page } from 'playwright-core';
import type { Shot } from './camera.ts';
import type { Sample } from './data.ts';

/** What is still being loaded, in the words of the views. */
const loading = /(Loading|Reading|Planning|plans)[^.]*…|Waiting for the first numbers/;

/** Nothing is being loaded any more, and the view has its content. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main#main > :not(.dim)').first().waitFor();
  await page.locator('main').getByText(loading).first().waitFor({ state: 'detached' });
  // Canvases are drawn in the frame after their data came.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}

/** Views with what happens in them, beside the views as they are opened. */
export function states({ run, before, backfill }: Sample): readonly Shot[] {
  return [
    { name: 'run', path: `/runs/${run}`, ready: settled },
    { name: 'runs-compare', path: `/runs/compare?a=${before}&b=${run}`, ready: settled },
    {
      name: 'runs-selected',
      path: `/runs?select=${before},${run}`,
      ready: (page) => page.locator('tr.sel').nth(1).waitFor(),
    },
    { name: 'logs-search', path: '/logs?q=progress', window: true, ready: marked },
    { name: 'settings-errors', path: '/settings', window: true, ready: withErrors },
    { name: 'settings-review', path: '/settings', window: true, ready: inReview },
    { name: 'presets-opened', path: '/presets?preset=built-in:heavy', ready: settled },
    {
      name: 'presets-apply',
      path: '/presets?preset=built-in:heavy',
      window: true,
      ready: async (page) => {
        await page.getByRole('button', { name: 'Apply…' }).click();
        await page.getByRole('dialog').getByText('Concurrency').waitFor();
      },
    },
    {
      name: 'targets-add',
      path: '/targets',
      ready: async (page) => {
        await page.getByRole('button', { name: 'Add a target…' }).click();
        await page.getByLabel('Address of the tracker').waitFor();
      },
    },
    {
      name: 'backfill-plan',
      path: '/backfill?from=2026-10-01&to=2026-10-31&per_day=200&seed=7',
      ready: (page) => page.getByRole('button', { name: /^Send [\d,]+ visits…$/ }).waitFor(),
    },
    {
      name: 'backfill-result',
      path: `/backfill/${backfill}`,
      ready: async (page) => {
        await page.getByRole('button', { name: 'Reconcile' }).click();
        await page.getByText('Differences without an explanation').waitFor();
        await settled(page);
      },
    },
  ];
}

const marked = (page: Page) => page.locator('mark').first().waitFor();

async function withErrors(page: Page): Promise<void> {
  await page.locator('#matomo_url').fill('shop.example.org');
  await page.locator('#pageviews_min').fill('9');
  await page.locator('#concurrency').fill('many');
  await page.locator('#f-matomo_url .err').waitFor();
  await page.evaluate('scrollTo(0, 0)');
}

async function inReview(page: Page): Promise<void> {
  await page.locator('#target_visits_per_day').fill('30000');
  await page.locator('#concurrency').fill('120');
  await page
    .getByRole('button', { name: /^Review/ })
    .first()
    .click();
  await page.getByRole('dialog').getByText('Concurrency').waitFor();
}

async function keys(page: Page): Promise<void> {
  await drawn(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
}

async function palette(page: Page): Promise<void> {
  await drawn(page);
  await page.keyboard.press('Control+k');
  const results = page.getByRole('listbox', { name: 'Results' });
  await page.getByLabel('Search or run a command').fill('st');
  await results.getByRole('group', { name: 'Settings' }).waitFor();
}

/** What a person sees of traffic and backfills that are under way. */
export function underWay(backfill: string): readonly Shot[] {
  return [
    {
      name: 'backfill-running',
      path: `/backfill/${backfill}`,
      ready: (page) => page.getByText(/Sending day \d+ of \d+/).waitFor(),
    },
  ];
}

export const running: readonly Shot[] = [
  { name: 'dashboard', path: '/dashboard', ready: drawn },
  {
    name: 'dashboard-stop',
    path: '/dashboard',
    window: true,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Stop…' }).click();
      await page.getByText('sends nothing more').waitFor();
    },
  },
  { name: 'keys', path: '/dashboard', window: true, ready: keys },
  { name: 'palette', path: '/dashboard', window: true, ready: palette },
  { name: 'lost', path: '/dashboard', window: true, ready: lost },
];

/** A stream that is open stays so when the network is switched off, so it is told to break as well. */
const keepStreams = `{
  const Real = EventSource;
  window.streams = [];
  window.EventSource = class extends Real {
    constructor(...all) { super(...all); streams.push(this); }
  };
}`;

/** The page alone is cut off; the service and the other pages go on. */
async function lost(page: Page): Promise<void> {
  await page.addInitScript(keepStreams);
  await page.reload();
  await drawn(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.evaluate(`for (const each of streams) each.dispatchEvent(new Event('error'))`);
  await page.getByText(/Next try in \d+ s/).waitFor();
  await page.locator('.shell.stale').waitFor();
}

async function drawn(page: Page): Promise<void> {
  await page.locator('.plot canvas').first().waitFor();
  await settled(page);
}
