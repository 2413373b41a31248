import type { Page } from 'playwright-core';
import { DEMO_TOKEN, startFakeMatomo } from '../../packages/fake-matomo/src/index.ts';
import type { Camera, Shot } from './camera.ts';
import { startService } from './service.ts';

const steps = (page: Page) =>
  page.getByRole('heading', { name: 'Three steps to the first traffic' }).waitFor();

const strange: readonly Shot[] = [
  {
    name: 'first-key',
    path: '/',
    stranger: true,
    ready: (page) => page.getByRole('button', { name: 'Open the panel' }).waitFor(),
  },
  {
    name: 'first-key-wrong',
    path: '/',
    stranger: true,
    ready: async (page) => {
      await page.getByLabel('Key').fill('a-key-of-another-panel');
      await page.getByRole('button', { name: 'Open the panel' }).click();
      await page.getByText('This key is not known here.').waitFor();
    },
  },
  { name: 'first-steps-1', path: '/first-steps', ready: steps },
];

const withTarget: readonly Shot[] = [
  {
    name: 'first-steps-2',
    path: '/first-steps?step=2',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('Visits will arrive').waitFor();
    },
  },
  {
    name: 'first-steps-3',
    path: '/first-steps?step=3',
    ready: (page) => page.getByRole('radio', { name: /Medium/ }).waitFor(),
  },
];

/** A service that nobody has used: the key, the three steps, and each view with nothing in it. */
export async function takeFirst(camera: Camera, empty: readonly Shot[]): Promise<void> {
  const service = await startService();
  const matomo = await startFakeMatomo();
  try {
    await camera.take(service, [...strange, ...empty]);
    await service.ask('POST', '/api/config/apply', {
      config: { matomo_url: matomo.tracker_url, matomo_token_auth: DEMO_TOKEN },
    });
    await camera.take(service, withTarget);
  } finally {
    await service.close();
    await matomo.close();
  }
}
