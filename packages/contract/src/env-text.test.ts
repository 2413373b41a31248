import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnvFile } from './env-file.ts';
import { composeText, envText } from './env-text.ts';
import { readSettings } from './read.ts';
import type { SettingName } from './settings/list.ts';

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

it('leaves secrets out, lists of targets too', () => {
  const values = { matomo_token_auth: 'feedface', targets: '[{"token_auth":"feedface"}]', seed: 3 };
  for (const text of [envText('All', values), composeText(values)]) {
    expect(text).toMatch(/SEED.*3/);
    expect(text).not.toContain('feedface');
  }
});

it('writes a block for Compose that YAML reads, with dollar signs doubled', () => {
  const text = composeText({ campaigns: 'a$b:3', ecommerce_shipping_rates: [0, 5.99] });
  expect(parse(text)).toEqual({
    environment: { CAMPAIGNS: 'a$$b:3', ECOMMERCE_SHIPPING_RATES: '0,5.99' },
  });
});
