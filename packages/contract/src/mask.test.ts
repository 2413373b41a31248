import { describe, expect, it } from 'vitest';
import { maskedSettings, settingsTable } from './mask.ts';
import { defaultSettings, type Settings, settingList } from './settings/list.ts';
import { shown } from './shown.ts';

const settings: Settings = { ...defaultSettings, matomo_token_auth: 'hunter2', concurrency: 7 };

describe('masked settings', () => {
  it('hide a secret that is set and show that it is not', () => {
    expect(maskedSettings(settings)).toEqual({ ...settings, matomo_token_auth: '***' });
    expect(maskedSettings(defaultSettings).matomo_token_auth).toBeNull();
  });

  it('make a table of all settings that marks the changed ones', () => {
    const rows = settingsTable(settings, ['matomo_token_auth', 'concurrency']);
    expect(rows).toHaveLength(Object.keys(settingList).length);
    expect(rows.filter((row) => row.instead_of !== null)).toEqual([
      { variable: 'MATOMO_TOKEN_AUTH', value: '***', instead_of: '-' },
      { variable: 'CONCURRENCY', value: '7', instead_of: '50' },
    ]);
    expect(rows).toContainEqual({
      variable: 'ECOMMERCE_SHIPPING_RATES',
      value: '0,5.99,9.99,15.99',
      instead_of: null,
    });
  });
});

describe('shown', () => {
  it('keeps a value on one line and short', () => {
    expect(shown('timezone', 'a\nb\u001b[31m')).toBe('a\\nb\\u001b[31m');
    expect(shown('timezone', 'x'.repeat(999)).length).toBeLessThan(250);
  });
});
