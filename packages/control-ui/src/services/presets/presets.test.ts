import { expect, it } from 'vitest';
import { presetFiles } from '../../adapters/files/preset-files.ts';
import { builtInPresets } from './built-in.ts';
import { judgedPreset, presetProblems } from './judged-preset.ts';

const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

it('brings the presets of the folder, smallest first, as their files say', () => {
  const all = builtInPresets(presetFiles());
  expect(all.map(({ name }) => name)).toEqual(['light', 'medium', 'heavy', 'extreme']);
  expect(all.map(({ settings }) => settings.target_visits_per_day)).toEqual([
    1_000, 10_000, 50_000, 100_000,
  ]);
  for (const { settings, description } of all) {
    expect(description).toMatch(/^[A-Z].+\.$/);
    expect(settings).not.toHaveProperty('matomo_token_auth');
    expect(Object.keys(settings).length).toBeGreaterThan(10);
    expect(presetProblems(settings)).toEqual([]);
  }
});

it('does not start with a preset file that has a mistake', () => {
  expect(() => builtInPresets([{ name: 'odd', content: 'CONCURRENCY=many\n' }])).toThrow(
    'CONCURRENCY is not a number',
  );
});

const token = 'feedfacecafebeef';

it('leaves secrets out unless they are asked for', () => {
  const given = { concurrency: 5, matomo_token_auth: token };
  expect(judgedPreset(given, {}, false)).toMatchObject({ settings: { concurrency: 5 }, ok: true });
  expect(judgedPreset(given, {}, true).settings).toEqual(given);
});

it('takes masked secrets from what is kept, and forgets those that are cleared', () => {
  const kept = { matomo_token_auth: token };
  const masked = { matomo_token_auth: '***' };
  expect(judgedPreset(masked, kept, true).settings).toEqual(kept);
  expect(judgedPreset(masked, {}, true).settings).toEqual({});
  expect(judgedPreset({ matomo_token_auth: null }, kept, true).settings).toEqual({});
  expect(judgedPreset(masked, kept, false).settings).toEqual({});
});

it('tells every mistake at once, and leaves out what the service decides', () => {
  const found = judgedPreset(
    { concurrency: 0, pageviews_min: 'x', misspelt_setting: 1, status_port: 1 },
    {},
    false,
  );
  expect(found.ok).toBe(false);
  expect(found.settings).not.toHaveProperty('status_port');
  expect(codes(found.problems).toSorted()).toEqual([
    'setting_not_a_number',
    'setting_out_of_range',
    'setting_unknown',
    'setting_unused_here',
  ]);
});

it('says what is wrong with a preset that was saved under other rules', () => {
  const problems = presetProblems({ concurrency: -1, once_known: true });
  expect(codes(problems).toSorted()).toEqual(['setting_out_of_range', 'setting_unknown']);
  expect(presetProblems({ concurrency: 5 })).toEqual([]);
});
