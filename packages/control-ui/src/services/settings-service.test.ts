import { expect, it } from 'vitest';
import { memoryStore } from '../testing/memory-store.ts';
import { StillClock } from '../testing/still-clock.ts';
import { SettingsService } from './settings-service.ts';

const token = 'feedfacecafebeef0123456789abcdef';
const url = 'https://m.test.lan/matomo.php';

async function service() {
  const { settings } = memoryStore(new StillClock().iso);
  await settings.put({ matomo_url: url, matomo_token_auth: token }, null, null);
  return new SettingsService(settings, new StillClock());
}

const sent = [{}, { matomo_token_auth: '' }, { matomo_token_auth: '***' }];

it.each(sent)('keeps the token for its address when %j is sent', async (given) => {
  const settings = await service();
  const same = { matomo_url: 'https://m.test.lan/', ...given };
  expect((await settings.judge(same)).values.matomo_token_auth).toBe(token);
});

it.each(sent)('does not lend the token to another address when %j is sent', async (given) => {
  const settings = await service();
  const other = { matomo_url: 'https://n.test.lan', ...given };
  const { values, problems } = await settings.judge(other);
  expect(values).not.toHaveProperty('matomo_token_auth');
  expect(problems.map(({ message }) => message).join()).toMatch(/token .* is dropped/);
  const own = await settings.judge({ ...other, matomo_token_auth: 'mine' });
  expect(own.values.matomo_token_auth).toBe('mine');
});

it('puts kept tokens into a list of targets that has them masked', async () => {
  const { settings } = memoryStore(new StillClock().iso);
  const list = [{ name: 'a', url, site_id: 1, token_auth: token }];
  await settings.put({ targets: JSON.stringify(list) }, null, null);
  const given = JSON.stringify([{ ...list[0], weight: 3, token_auth: '***' }]);
  const { values } = await new SettingsService(settings, new StillClock()).judge({
    targets: given,
  });
  expect(JSON.parse(String(values.targets))).toEqual([{ ...list[0], weight: 3 }]);
});
