import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { inChromium, minutesOfPoints, person, serviceWithTarget, signIn } from './browser.ts';
import {
  asked,
  calm,
  everywhere,
  focused,
  loader,
  type Press,
  pressAll,
  told,
} from './sheet-keys.ts';

const legend = (page: Page) => page.locator('.now-tag').first().textContent();
const changesLegend =
  (key: string): Press =>
  async (page) => {
    const before = await legend(page);
    await page.keyboard.press(key);
    await expect.poll(() => legend(page)).not.toBe(before);
  };
const graphs: Readonly<Record<string, Press>> = {
  '←': changesLegend('ArrowLeft'),
  '→': async (page) => {
    await changesLegend('ArrowLeft')(page);
    await changesLegend('ArrowRight')(page);
  },
  '+': async (page) => {
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Show all' }).waitFor();
  },
  '−': async (page) => {
    await page.keyboard.press('-');
    await page.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
  },
  '0': async (page) => {
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Show all' }).waitFor();
    await page.keyboard.press('0');
    await page.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
  },
};

const rows: Readonly<Record<string, Press>> = {
  j: async (page) => {
    await page.keyboard.press('j');
    await focused(page, 'tbody .cell-link');
  },
  k: async (page) => {
    await calm(page);
    await page.keyboard.press('k');
    await focused(page, 'tbody tr:last-child .cell-link, tbody tr .cell-link');
  },
};

async function running(service: ServiceProcess): Promise<void> {
  await service.ask('POST', '/api/start', {});
  await service.until('/api/status', ({ hits }) => hits.accepted > 0);
}

inChromium('Keys', () => {
  it('lead to every view', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    await signIn(page, service);
    const goes = (await told(page)).filter((caps) => caps.startsWith('g '));
    const titles = await page.locator('.nav a').allInnerTexts();
    for (const [at, caps] of goes.entries()) {
      for (const key of caps.split(' ')) await page.keyboard.press(key);
      await page.getByRole('heading', { level: 1, name: String(titles[at]) }).waitFor();
    }
    // A letter that somebody types goes into the field.
    await page.goto(`${service.url}/settings`);
    await page.getByLabel('Find a setting').fill('');
    await page.getByLabel('Find a setting').press('t');
    expect(await page.getByLabel('Find a setting').inputValue()).toBe('t');
    expect(await page.locator('html').getAttribute('data-theme')).toBeNull();
  });

  it('of the dashboard do what the sheet says', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    const page = await person();
    await minutesOfPoints(page);
    await signIn(page, service);
    await page.locator('.word').waitFor();
    await asked('s', 'Start the loader?')(page);
    expect(await told(page)).not.toContain('r');
    await running(service);
    await page.locator('.word', { hasText: 'Running' }).waitFor();
    await page.locator('.now-tag').waitFor();
    await pressAll(page, { ...everywhere, ...loader, ...graphs });
    await service.ask('POST', '/api/stop?timeout=5');
  }, 120_000);

  it('of lists do what the sheet says', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    for (let run = 0; run < 2; run += 1) {
      await service.ask('POST', '/api/start', { new_run: true });
      await service.until('/api/status', ({ hits }) => hits.accepted > 0);
      await service.ask('POST', '/api/stop?timeout=5');
    }
    await service.until('/api/runs', ({ items }) =>
      items.every((each: { end: unknown }) => each.end),
    );
    const page = await person();
    await signIn(page, service);
    const start = { s: asked('s', 'Start the loader?') };
    await page.goto(`${service.url}/runs`);
    await page.locator('tbody tr').nth(1).waitFor();
    await pressAll(page, {
      ...everywhere,
      ...start,
      ...rows,
      x: async () => {
        await page.keyboard.press('j');
        await page.keyboard.press('x');
        await page.keyboard.press('j');
        await page.keyboard.press('x');
        await expect.poll(() => page.locator('tr.sel').count()).toBe(2);
      },
      c: async () => {
        await page.keyboard.press('c');
        await page.getByText('Settings that differ').waitFor();
        await page.goBack();
        await page.locator('tbody tr').nth(1).waitFor();
      },
      '↵': async () => {
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/runs/run-*');
      },
    });
    await page.goto(`${service.url}/presets`);
    await page.locator('tbody tr').first().waitFor();
    await pressAll(page, {
      ...everywhere,
      ...start,
      ...rows,
      '↵': async () => {
        await page.keyboard.press('k');
        await page.keyboard.press('Enter');
        await page.locator('tr.sel', { hasText: 'Extreme' }).waitFor();
      },
    });
  }, 120_000);

  it('of the settings do what the sheet says', async () => {
    const { service } = await serviceWithTarget();
    const page = await person();
    page.on('dialog', (dialog) => void dialog.accept());
    await signIn(page, service);
    await page.goto(`${service.url}/settings`);
    const concurrency = page.locator('#concurrency');
    await concurrency.waitFor();
    await pressAll(page, {
      ...everywhere,
      s: asked('s', 'Start the loader?'),
      n: async () => {
        await concurrency.fill('0');
        await page.getByText('1 error').first().waitFor();
        await calm(page);
        await page.keyboard.press('n');
        await focused(page, '#concurrency');
      },
      'Ctrl Z': async () => {
        await page.keyboard.press('Control+z');
        await page.getByText('No changes').waitFor();
      },
      'Ctrl ↵': async () => {
        await concurrency.fill('60');
        await page.keyboard.press('Control+Enter');
        await page.getByRole('dialog', { name: 'Apply 1 change?' }).waitFor();
      },
    });
  });

  it('of the log do what the sheet says', async () => {
    const { service } = await serviceWithTarget({ target_visits_per_day: 864_000 });
    await running(service);
    const page = await person();
    await signIn(page, service);
    await page.goto(`${service.url}/logs?q=e`);
    await page.locator('mark').first().waitFor();
    const at = () => page.locator('.log-rows li.current').count();
    const current = () => page.locator('.log-rows li.current').textContent();
    const moves =
      (key: string): Press =>
      async () => {
        const before = (await at()) === 0 ? null : await current();
        await page.keyboard.press(key);
        await expect.poll(at).toBe(1);
        await expect.poll(current).not.toBe(before);
      };
    await pressAll(page, {
      ...everywhere,
      ...loader,
      k: async () => {
        await page.keyboard.press('k');
        await moves('k')(page);
      },
      j: moves('j'),
      n: async () => {
        await page.getByLabel('Search the log').fill('e');
        await calm(page);
        await moves('n')(page);
      },
      N: moves('N'),
      '↵': async () => {
        await page.keyboard.press('Enter');
        await page.getByRole('dialog', { name: /of loader-1/ }).waitFor();
        await page.keyboard.press('Escape');
      },
      f: async () => {
        await page.getByText('Not following').waitFor();
        await page.keyboard.press('f');
        await page.getByText('Following.').waitFor();
      },
    });
    await service.ask('POST', '/api/stop?timeout=5');
  });
});
