import { expect, it } from 'vitest';
import { MemoryFiles } from '../../testing/memory-files.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { StillClock } from '../../testing/still-clock.ts';
import { Composition } from './composition.ts';
import { readValues } from './settings-in-force.ts';

it('names every file that there is, and the settings are still good', async () => {
  const store = memoryStore(new StillClock().iso);
  const composition = new Composition(store, new MemoryFiles(), () => false);
  const values = { matomo_url: 'https://m.test.lan', campaigns: 'summer' };
  expect((await composition.of('a', values, null)).files).toEqual({});
  await store.documents.put('urls', 'https://a.test/', null);
  await store.documents.put('campaigns', 'spring', null);
  const { settings, files } = await composition.of('a', values, null);
  expect(files).toEqual({ urls_file: 'https://a.test/', campaigns_file: 'spring' });
  expect(settings).toMatchObject({
    urls_file: '/loaders/a/urls.txt',
    campaigns_file: '/loaders/a/campaigns.json',
  });
  expect(settings).not.toHaveProperty('campaigns');
  const codes = readValues(settings, 'send').problems.map(({ code }) => code);
  expect(codes).not.toContain('setting_given_twice');
  expect(codes).not.toContain('setting_unknown');
});
