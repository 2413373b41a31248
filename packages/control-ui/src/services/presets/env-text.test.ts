import { parseEnvFile, readSettings, type SettingName } from '@trafficinator/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { envText } from './env-text.ts';

const read = (text: string) =>
  readSettings({
    environment: {},
    layers: [{ kind: 'env_file', path: 'a.env' }],
    readFile: () => text,
    purpose: 'plan',
  }).settings;

it('writes settings so that the loader reads the same', () => {
  const values = {
    ecommerce_shipping_rates: [0, 5.99],
    countries: { se: 2, de: 1 },
    channels: { search: 3, social: 1 },
    randomize_visitor_countries: false,
    concurrency: 7,
    timezone: 'Europe/Stockholm',
  };
  const settings = read(envText('All', values));
  for (const [name, value] of Object.entries(values)) {
    expect([name, settings[name as SettingName]]).toEqual([name, value]);
  }
});

it('writes any text so that it is read back', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'\'"\\$#=` \t\n\rä') })),
      (campaigns) => {
        const { entries, problems } = parseEnvFile('a.env', envText('x\n# y', { campaigns }));
        expect(problems).toEqual([]);
        expect(entries).toMatchObject([{ name: 'CAMPAIGNS', text: campaigns }]);
      },
    ),
  );
});
