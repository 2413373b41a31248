import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComplaint } from './complaint.ts';
import { cleanText, valueOfText } from './env.ts';
import type { Setting } from './settings/define.ts';
import { type SettingName, settingList } from './settings/list.ts';

const value = (name: SettingName, text: string): unknown => {
  const result = valueOfText(name, text);
  return isComplaint(result) ? result.code : result.value;
};

describe('text becomes a value', () => {
  it.each<[SettingName, string, unknown]>([
    ['auto_start', 'YES', true],
    ['auto_start', ' off ', false],
    ['auto_start', '1', true],
    ['auto_start', 'n', false],
    ['concurrency', '1e3', 1000],
    ['concurrency', '1000.0', 1000],
    ['concurrency', '"40"', 40],
    ['target_visits_per_day', "'.5'", 0.5],
    ['target_visits_per_day', '2e4', 20_000],
    ['ecommerce_shipping_rates', '0, 5.99 ,9', [0, 5.99, 9]],
    ['channels', 'search:2, AI : 0.5', { search: 2, ai: 0.5 }],
    ['countries', 'se:40,NO:1e1,UK', { se: 40, no: 10, gb: 1 }],
    ['log_level', 'warn', 'WARNING'],
    ['log_level', 'Fatal', 'CRITICAL'],
    ['log_level', 'trace', 'DEBUG'],
    ['log_level', 'debug', 'DEBUG'],
    ['visit_pacing', 'RealTime', 'realtime'],
    ['matomo_token_auth', '  abc ', 'abc'],
    ['matomo_url', 'https://m.example.org', 'https://m.example.org/matomo.php'],
    ['seed', '0', 0],
  ])('%s=%j is %j', (name, text, expected) => {
    expect(value(name, text)).toEqual(expected);
  });

  it.each<[SettingName, string, string]>([
    ['auto_start', 'maybe', 'setting_not_a_boolean'],
    ['concurrency', '0x10', 'setting_not_a_number'],
    ['concurrency', 'NaN', 'setting_not_a_number'],
    ['concurrency', 'Infinity', 'setting_not_a_number'],
    ['concurrency', '1e999', 'setting_not_a_number'],
    ['concurrency', '50 visits', 'setting_not_a_number'],
    ['concurrency', '1,000', 'setting_not_a_number'],
    ['concurrency', '1.5', 'setting_not_whole'],
    ['concurrency', '0', 'setting_out_of_range'],
    ['concurrency', '-3', 'setting_out_of_range'],
    ['concurrency', '1e12', 'setting_out_of_range'],
    ['concurrency', 'None', 'setting_not_a_number'],
    ['seed', 'null', 'setting_not_a_number'],
    ['sitesearch_probability', '15%', 'setting_not_a_number'],
    ['sitesearch_probability', '0,15', 'setting_not_a_number'],
    ['ecommerce_shipping_rates', '1,,2', 'setting_not_a_list'],
    ['ecommerce_shipping_rates', '1,x', 'setting_not_a_number'],
    ['ecommerce_shipping_rates', '1,-2', 'setting_out_of_range'],
    ['log_level', 'loud', 'setting_not_a_choice'],
    ['matomo_token_auth', 'None', 'setting_not_a_text'],
    ['matomo_token_auth', 'a\nb', 'setting_has_control_characters'],
    ['urls_file', '/data/\u0024{SITE}.txt', 'setting_not_expanded'],
    ['status_host', 'x'.repeat(5000), 'setting_too_long'],
  ])('%s=%j is refused: %s', (name, text, code) => {
    expect(value(name, text)).toBe(code);
  });

  it('names the position of a wrong element', () => {
    expect(valueOfText('ecommerce_shipping_rates', '1,2,')).toMatchObject({
      message: 'Element 3 of ECOMMERCE_SHIPPING_RATES is empty.',
    });
    expect(valueOfText('ecommerce_shipping_rates', '1,-2')).toMatchObject({
      message: 'Element 2 of ECOMMERCE_SHIPPING_RATES is too small.',
    });
  });

  it('says what to write instead', () => {
    expect(valueOfText('sitesearch_probability', '15%')).toMatchObject({
      remedy: 'Write a share: 15 % is 0.15. Allowed: 0 to 1 (share of visits).',
    });
  });
});

describe('cleanText', () => {
  it.each([
    ['  ', ''],
    ['""', ''],
    ["' a '", 'a'],
    [`"a'`, `"a'`],
    ['"', '"'],
  ])('%j is %j', (text, clean) => expect(cleanText(text)).toBe(clean));
});

describe('the text of any value parses to the value', () => {
  const arbitrary = (setting: Setting): fc.Arbitrary<unknown> | null => {
    switch (setting.kind) {
      case 'boolean':
        return fc.boolean();
      case 'choice':
        return fc.constantFrom(...setting.values);
      case 'integer':
        return fc.integer({ min: setting.min, max: setting.max });
      case 'number':
        return number(setting.min, setting.max);
      case 'number_list':
        return fc.array(number(setting.min, setting.max), { minLength: 1, maxLength: 8 });
      case 'weighted_list':
      case 'text':
        return null;
    }
  };
  const number = (min: number, max: number) =>
    fc.double({ min, max, noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n));
  const cases = Object.entries(settingList).flatMap(([name, setting]) => {
    const values = arbitrary(setting);
    return values ? [[name as SettingName, values] as const] : [];
  });

  it.each(cases)('%s', (name, values) => {
    fc.assert(
      fc.property(values, fc.constantFrom('', ' ', '"', "'"), (wanted, quote) => {
        expect(value(name, `${quote}${String(wanted)}${quote}`)).toEqual(wanted);
      }),
    );
  });
});
