import { expect, it } from 'vitest';
import { getHit } from '../../test/client.ts';
import { report } from '../../test/observe.ts';
import { startFakeMatomo } from '../index.ts';

it('says which plugins are active, with the changes it was started with', async () => {
  const fake = await startFakeMatomo({ plugins: { QueuedTracking: true, BulkTracking: false } });
  try {
    const active = async (pluginName: string) =>
      report(fake, 'API.isPluginActivated', { pluginName });
    expect(await active('Live')).toEqual({ value: true });
    expect(await active('QueuedTracking')).toEqual({ value: true });
    expect(await active('BulkTracking')).toEqual({ value: false });
    expect(await active('TrackingSpamPrevention')).toEqual({ value: false });
  } finally {
    await fake.close();
  }
});

it('describes a site’s addresses and what a super user may only view', async () => {
  const fake = await startFakeMatomo();
  try {
    const asked = { idSite: '1' };
    expect(await report(fake, 'SitesManager.getSiteUrlsFromId', asked)).toEqual([
      'https://shop.example.test',
    ]);
    expect(await report(fake, 'SitesManager.getSitesIdWithViewAccess', {})).toEqual([]);
  } finally {
    await fake.close();
  }
});

it('knows a token that may only view, which lets no hit into the past', async () => {
  const view_token = 'f'.repeat(32);
  const fake = await startFakeMatomo({ view_token });
  try {
    const viewer = { ...fake, token: view_token };
    expect(await report(viewer, 'SitesManager.getSitesIdWithViewAccess', {})).toEqual([1]);
    const inBulk = { 'urls[0]': 'method=SitesManager.getSitesIdWithViewAccess' };
    expect(await report(viewer, 'API.getBulkRequest', inBulk)).toEqual([[1]]);
    const old = { cdt: '2026-01-01 10:00:00', token_auth: view_token };
    expect((await getHit(fake, old)).status).toBe(400);
    expect(fake.store.visits(1)).toEqual([]);
  } finally {
    await fake.close();
  }
});
