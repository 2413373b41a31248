import { expect, it } from 'vitest';
import { maskedValues, merged, readValues, withoutOwn } from './settings-in-force.ts';

const kept = {
  matomo_url: 'https://a.example/matomo.php',
  matomo_token_auth: 'abc',
  concurrency: 9,
};

it('keeps a secret that comes back blank or masked, and clears it with null', () => {
  for (const value of ['', '***', '***MASKED***']) {
    expect(merged(kept, { matomo_token_auth: value }, false)).toEqual(kept);
    expect(merged(kept, { matomo_token_auth: value }, true)).toEqual({ matomo_token_auth: 'abc' });
  }
  expect(merged(kept, { matomo_token_auth: null }, false)).not.toHaveProperty('matomo_token_auth');
  expect(merged(kept, { matomo_token_auth: 'new' }, false).matomo_token_auth).toBe('new');
});

it('puts a setting back to its default with null, and takes names in upper case', () => {
  expect(merged(kept, { CONCURRENCY: null }, false)).not.toHaveProperty('concurrency');
  expect(merged(kept, { CONCURRENCY: 3 }, false).concurrency).toBe(3);
});

it('lets no client name a file, nor drive the loader by its settings', () => {
  const { values, problems } = withoutOwn({
    urls_file: '/etc/passwd',
    matomo_token_auth_file: '/etc/shadow',
    MATOMO_TOKEN_AUTH_FILE: '/etc/shadow',
    state_dir: '/',
    auto_start: false,
    tls_ca_file: '',
    concurrency: 3,
  });
  expect(values).toEqual({ concurrency: 3 });
  expect(problems.map(({ code, fields }) => [code, fields[0]])).toEqual([
    ['setting_unused_here', 'urls_file'],
    ['setting_unused_here', 'matomo_token_auth_file'],
    ['setting_unused_here', 'matomo_token_auth_file'],
    ['setting_unused_here', 'state_dir'],
    ['setting_unused_here', 'auto_start'],
  ]);
});

it('keeps the tokens of targets that come back masked', () => {
  const one = (token: string | null) =>
    JSON.stringify([{ name: 'a', url: 'https://a', token_auth: token }]);
  const values = merged({ targets: one('tok') }, { targets: one('***') }, false);
  expect(JSON.parse(String(values.targets))).toEqual([
    { name: 'a', url: 'https://a', token_auth: 'tok' },
  ]);
  const cleared = merged({ targets: one('tok') }, { targets: one(null) }, false);
  expect(JSON.parse(String(cleared.targets))).toEqual([
    { name: 'a', url: 'https://a', token_auth: null },
  ]);
});

it('shows no secret', () => {
  const shown = JSON.stringify(maskedValues({ ...kept, targets: '[{"token_auth":"tok"}]' }));
  expect(shown).not.toContain('abc');
  expect(shown).not.toContain('tok"');
});

it('reads values by the loader’s rules', () => {
  const read = readValues({ concurrency: 0, pageviews_min: 5, pageviews_max: 2 }, 'send');
  expect(read.ok).toBe(false);
  expect(read.problems.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['setting_out_of_range', 'min_above_max', 'target_missing']),
  );
});
