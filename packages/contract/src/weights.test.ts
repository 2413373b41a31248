import { describe, expect, it } from 'vitest';
import { isComplaint } from './complaint.ts';
import { valueOfText } from './env.ts';
import { readSettings } from './read.ts';
import { type SettingName, settingList } from './settings/list.ts';
import { checkedValue } from './value.ts';
import { weightsText } from './weights.ts';

const of = (result: ReturnType<typeof checkedValue>) =>
  isComplaint(result) ? [result.code, result.message, result.remedy] : result.value;

describe('a list of weights', () => {
  it.each<[SettingName, string, unknown]>([
    ['channels', 'search:60,social:20', { search: 60, social: 20 }],
    ['channels', ' Search : .5 , AI:1e2 ', { search: 0.5, ai: 100 }],
    ['channels', 'search:0,campaign:1', { search: 0, campaign: 1 }],
    ['search_engines', 'bing', { bing: 1 }],
    ['countries', 'SE:40,no:10', { se: 40, no: 10 }],
    ['countries', 'uk', { gb: 1 }],
    ['negative_traffic', 'spam_referrers:.1,bots:0.05', { bots: 0.05, spam_referrers: 0.1 }],
    ['negative_traffic', 'bots:0', { bots: 0 }],
    ['negative_traffic', 'bots', { bots: 1 }],
  ])('%s=%j is read', (name, text, expected) => {
    expect(of(valueOfText(name, text))).toEqual(expected);
  });

  it.each<[SettingName, string, string, string]>([
    ['channels', 'search:60,,ai:1', 'setting_not_a_list', 'Element 2 of CHANNELS is empty.'],
    ['channels', 'search:', 'setting_not_a_list', 'Element 1 of CHANNELS is not of the form'],
    ['channels', ':3', 'setting_not_a_list', 'Element 1 of CHANNELS is not of the form'],
    ['channels', 'search:1:2', 'setting_not_a_list', 'Element 1 of CHANNELS is not of the form'],
    ['channels', 'search:60,radio:1', 'setting_not_a_choice', 'Element 2 of CHANNELS (“radio”)'],
    ['channels', 'search:many', 'setting_not_a_number', 'element 1 of CHANNELS (“search”)'],
    ['channels', 'search:60%', 'setting_not_a_number', 'element 1 of CHANNELS (“search”)'],
    ['channels', 'search:1,ai:-1', 'setting_not_a_number', 'element 2 of CHANNELS (“ai”)'],
    ['channels', 'search:1,ai:2e6', 'setting_out_of_range', 'element 2 of CHANNELS (“ai”) is too'],
    ['channels', 'ai:1,AI:2', 'list_name_twice', 'Element 2 of CHANNELS names “ai” a second time.'],
    ['channels', 'ai:0,search:0', 'list_all_zero', 'CHANNELS has no weight above 0.'],
    ['channels', 'none', 'setting_not_a_list', 'CHANNELS is the word “none”'],
    ['countries', 'se:1,XX:2', 'setting_not_a_choice', 'Element 2 of COUNTRIES (“XX”)'],
    ['countries', 'gb:1,uk:1', 'list_name_twice', 'Element 2 of COUNTRIES names “GB”'],
    ['negative_traffic', 'bots:5', 'setting_out_of_range', 'is not between 0 and 1'],
    [
      'negative_traffic',
      'bots:5%',
      'setting_not_a_number',
      'share of element 1 of NEGATIVE_TRAFFIC',
    ],
    ['negative_traffic', 'bots:.7,ai_fetchers:.4', 'setting_out_of_range', 'come to 1.1 together'],
    ['negative_traffic', 'bot:.1', 'setting_not_a_choice', 'Element 1 of NEGATIVE_TRAFFIC (“bot”)'],
  ])('%s=%j is refused: %s', (name, text, code, message) => {
    const [found, said] = of(valueOfText(name, text)) as string[];
    expect(found).toBe(code);
    expect(said).toContain(message);
  });

  it('says what names there are, and which was meant', () => {
    const countries = of(valueOfText('countries', 'XX')) as string[];
    expect(countries[2]).toMatch(/^There are US, DE, GB, .*, PE\.$/);
    const direct = of(valueOfText('channels', 'direct:3,search:1')) as string[];
    expect(direct[2]).toMatch(/^Set DIRECT_TRAFFIC_PROBABILITY instead\. There are search, /);
    const engines = of(valueOfText('search_engines', 'gogle:1')) as string[];
    expect(engines[2]).toMatch(/^Did you mean google\? There are google, bing/);
  });

  it.each<[SettingName, unknown, unknown]>([
    ['channels', { search: 1, AI: 2 }, { search: 1, ai: 2 }],
    ['countries', null, null],
    ['channels', null, 'setting_not_a_list'],
    ['channels', [1, 2], 'setting_not_a_list'],
    ['channels', 'search:1', 'setting_not_a_list'],
    ['channels', {}, 'list_all_zero'],
    ['channels', { search: '1' }, 'setting_not_a_number'],
    ['channels', { search: -1 }, 'setting_out_of_range'],
    ['channels', { search: Number.NaN }, 'setting_out_of_range'],
    ['countries', { se: 1, SE: 2 }, 'list_name_twice'],
    ['countries', { atlantis: 1 }, 'setting_not_a_choice'],
  ])('%s as %j in JSON', (name, value, expected) => {
    const found = of(checkedValue(name, value));
    expect(Array.isArray(found) ? found[0] : found).toEqual(expected);
  });

  it('is an object in a settings file', () => {
    const { settings, ok } = readSettings({
      environment: { SETTINGS_FILE: 'settings.json' },
      readFile: () => JSON.stringify({ countries: { SE: 4, NO: 1 }, channels: { ai: 1 } }),
      purpose: 'plan',
    });
    expect(ok).toBe(true);
    expect(settings).toMatchObject({ countries: { se: 4, no: 1 }, channels: { ai: 1 } });
  });

  it('is the same however it is written', () => {
    const text = (channels: string) => JSON.stringify(of(valueOfText('channels', channels)));
    expect(text('website:20,search:60,social:20')).toBe(text('search:60,social:20,website:20'));
    const { changed } = readSettings({
      environment: { CHANNELS: 'website:20,Search:60.0,social:20' },
      readFile: () => '',
      purpose: 'plan',
    });
    expect(changed).toEqual([]);
  });

  it('has a text that says the same', () => {
    const text = weightsText(settingList.countries, { se: 4, gb: 0.5 });
    expect(text).toBe('SE:4,GB:0.5');
    expect(of(valueOfText('countries', text))).toEqual({ se: 4, gb: 0.5 });
  });
});
