import { expect, it } from 'vitest';
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
