import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Shot } from './camera.ts';
import type { Service } from './service.ts';
import { settled } from './states.ts';

const example = (name: string): unknown =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../examples/${name}.json`, import.meta.url)), 'utf8'),
  );

/** The example funnels, and a share of the other visits on journeys. */
export async function makeMaterial(service: Service): Promise<void> {
  for (const name of ['ecommerce-purchase', 'lead-generation', 'content-discovery']) {
    await service.ask('POST', '/api/funnels', example(`funnels/${name}`));
  }
  await service.ask('POST', '/api/config/apply', { config: { journey_share: 0.4 } });
}

/** Funnels, journeys, URLs, events and the rest as somebody works on them. `everything`: an export. */
export function materialStates(everything: string): readonly Shot[] {
  return [
    { name: 'funnels-open', path: '/funnels/1?step=3', ready: withFunnel },
    { name: 'funnels-mistakes', path: '/funnels/2?step=1', ready: withMistakes },
    {
      name: 'funnels-new',
      path: '/funnels',
      window: true,
      ready: async (page) => {
        await page.getByRole('button', { name: 'New…' }).click();
        await page.getByRole('dialog', { name: 'New funnel' }).getByText('Purchase').waitFor();
      },
    },
    { name: 'journeys', path: '/funnels/journeys', ready: withVisits },
    {
      name: 'journeys-own',
      path: '/funnels/journeys',
      ready: async (page) => {
        await withVisits(page);
        const text = JSON.stringify(example('journeys'), null, 2);
        await page.getByLabel('Journeys as JSON').fill(text.replace('"weight": 3', '"weight": -3'));
        await page.getByText('1 mistake').first().waitFor();
      },
    },
    { name: 'urls-errors', path: '/urls', ready: withUrls },
    {
      name: 'events-mistake',
      path: '/events',
      ready: async (page) => {
        await settled(page);
        await page.getByLabel('Action of event 2', { exact: true }).fill('');
        await page.getByLabel('Weight of event 3', { exact: true }).fill('5');
        await page.getByText('1 error').first().waitFor();
      },
    },
    { name: 'events-text', path: '/events?as=text', ready: settled },
    { name: 'more', path: '/more', ready: audited },
    {
      name: 'more-import',
      path: '/more',
      window: true,
      ready: async (page) => {
        await audited(page);
        await page.getByLabel('Export file').setInputFiles({
          name: 'trafficinator.json',
          mimeType: 'application/json',
          buffer: Buffer.from(everything),
        });
        await page.getByRole('button', { name: /^Import \d+ of \d+$/ }).waitFor();
      },
    },
  ];
}

/** The first part of the view is hidden beside the navigation. */
const audited = (page: Page) => page.getByRole('region', { name: 'Audit trail' }).waitFor();
const withVisits = (page: Page) => page.locator('.visit').nth(2).waitFor();

async function withFunnel(page: Page): Promise<void> {
  await withVisits(page);
  await page.locator('.bars tbody tr').first().waitFor();
}

async function withMistakes(page: Page): Promise<void> {
  await withVisits(page);
  await page.locator('[data-field="probability"] input').fill('1.5');
  await page.locator('.fsteps [data-field="drop_off"] input').fill('30');
  await page.getByText('2 mistakes').first().waitFor();
}

const pages = [
  ['/', 'Start', 40],
  ['/products', 'Products', 25],
  ['/products/lamps', 'Lamps', 12],
  ['/products/lamps/desk-lamp', 'Desk lamp', 9],
  ['/products/lamps/floor-lamp', 'Floor lamp', 4],
  ['/products/chairs', 'Chairs', 10],
  ['/products/chairs/stool', 'Stool', 3],
  ['/blog', 'Blog', 14],
  ['/blog/2026/light-for-reading', 'Light for reading', 8],
  ['/blog/2026/how-to-choose-a-chair', 'How to choose a chair', 6],
  ['/help/delivery', 'Delivery', 5],
  ['/help/returns', 'Returns', 4],
] as const;

/** A list with weights, of which one line has a mistake. */
async function withUrls(page: Page): Promise<void> {
  await settled(page);
  const lines = pages.map(([path, title, weight]) =>
    [`https://shop.example.test${path}`, title, weight].join('\t'),
  );
  lines.splice(5, 0, 'https://shop.example.test/products/tables\tTables\tseven');
  const about = ['# Pages of the shop: address, title, weight', ''];
  await page.getByLabel('URL list', { exact: true }).fill([...about, ...lines, ''].join('\n'));
  await page
    .getByText(/^[1-9] (error|warning)/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Open products' }).click();
  await page.locator('.tree').getByText('lamps').waitFor();
}
