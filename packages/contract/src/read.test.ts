import { describe, expect, it } from 'vitest';
import type { Layer } from './layers.ts';
import { readSettings } from './read.ts';

const files: Record<string, string> = {
  '.env': 'PAGEVIEWS_MIN=2\nexport CONCURRENCY="7"\n\nMATOMO_URL=https://m.test.lan\n',
  'settings.json': JSON.stringify({ concurrency: 8, auto_start: false, seed: null }),
  token: 's3cret\n',
  empty: '\n',
};
const readFile = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return text;
};
const read = (
  environment: Record<string, string>,
  layers: Layer[] = [],
  purpose: 'plan' | 'send' = 'plan',
) => readSettings({ environment, layers, readFile, purpose });
const set = (...assignments: string[]): Layer => ({ kind: 'set', assignments });
const told = (result: ReturnType<typeof read>, severity = 'error') =>
  result.problems.filter((p) => p.severity === severity);
const codes = (result: ReturnType<typeof read>, severity = 'error') =>
  told(result, severity).map((p) => p.code);

describe('all problems at once', () => {
  it('finds three mistakes in one reading, each told once', () => {
    const result = read({
      PAGEVIEWS_MIN: '9',
      PAGEVIEWS_MAX: '3',
      TIMEZONE: 'Mars/Olympus',
      TARGET_VISIT_PER_DAY: '5',
      PATH: '/usr/bin',
      NODE_ENV: 'production',
      npm_config_cache: '/root/.npm',
      HOSTNAME: 'box',
      MAX_OLD_SPACE: '1',
    });
    expect(result.ok).toBe(false);
    expect(told(result)).toMatchObject([
      {
        code: 'setting_misspelt',
        fields: ['target_visit_per_day'],
        remedy: 'Did you mean TARGET_VISITS_PER_DAY?',
        source: 'environment',
      },
      { code: 'min_above_max', fields: ['pageviews_min', 'pageviews_max'], value: '9' },
      { code: 'zone_unknown', fields: ['timezone'], value: 'Mars/Olympus' },
    ]);
    expect(codes(result, 'warning')).toEqual([]);
  });

  it('says file and line', () => {
    files.bad = '# mine\nCONCURRENCY=0\nnonsense\n';
    expect(told(read({}, [{ kind: 'env_file', path: 'bad' }])).map((p) => p.source)).toEqual([
      'file bad line 3',
      'file bad line 2',
    ]);
  });

  it('puts errors before warnings before notices', () => {
    const { problems } = read({ TLS_INSECURE: 'true', CONCURRENCY: 'x' });
    expect(problems.map((p) => p.severity)).toEqual(
      problems
        .map((p) => p.severity)
        .toSorted((a, b) => 'ewn'.indexOf(a[0]!) - 'ewn'.indexOf(b[0]!)),
    );
  });
});

describe('the target', () => {
  it('is an error to miss when sending, a notice when planning', () => {
    expect(told(read({}, [], 'send'))).toMatchObject([
      { code: 'target_missing', remedy: expect.stringContaining('MATOMO_URL=https://') },
    ]);
    expect(codes(read({}, [], 'plan'), 'notice')).toContain('target_missing');
  });

  it('does not show a password that stands in it', () => {
    const result = read({ MATOMO_URL: 'https://u:hunter2@m.test.lan/' });
    expect(codes(result)).toEqual(['url_has_credentials']);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('unknown names', () => {
  it.each<[string, string, string]>([
    ['PAGEVIEW_MIN=2', 'error', 'setting_misspelt'],
    ['FOO=1', 'warning', 'setting_unknown'],
    ['CONTROL_UI_API_KEY=k', 'notice', 'setting_unused_here'],
    ['DOCKER_HOST=unix:///x', 'notice', 'setting_unused_here'],
  ])('%s is told as %s %s', (line, severity, code) => {
    files.names = line;
    expect(codes(read({}, [{ kind: 'env_file', path: 'names' }]), severity)).toContain(code);
    expect(codes(read({}, [set(line)]), severity)).toContain(code);
  });

  it.each(['MATOMO_PASS=hunter2', 'MATOMO_TARGETS=[{"token_auth":"hunter2"}]', 'TOKN=hunter2'])(
    'never shows the value of a name that it does not know: %s',
    (line) => {
      files.names = line;
      const [name = ''] = line.split('=');
      const all = [
        read({}, [{ kind: 'env_file', path: 'names' }]),
        read({}, [set(line)]),
        read({ [name]: line.slice(name.length + 1) }),
      ];
      expect(JSON.stringify(all[0])).toContain(name.toLowerCase());
      expect(JSON.stringify(all)).not.toContain('hunter2');
    },
  );

  it.each([
    'MATOMO_DATABASE_HOST',
    'MATOMO_SERVICE_HOST',
    'MATOMO_PORT',
    'TARGETARCH',
    'STATE_DIRECTORY',
    'DOCKER_HOST',
    'COMPOSE_PROJECT_NAME',
    'CONTROL_UI_PORT',
    'LOGNAME',
    'SHLVL',
    'REQUEST_TIMEOUT',
    'MAX_CONNECTIONS_PER_HOST_TOTAL',
  ])('%s in the shell is nobody’s business', (name) => {
    expect(read({ [name]: 'x' }).problems).toEqual(read({}).problems);
  });

  it('does not stop a run for a near name that other programs use', () => {
    expect(codes(read({ LOGLEVEL: 'x' }))).toEqual([]);
    expect(codes(read({ LOGLEVEL: 'x' }), 'warning')).toContain('setting_misspelt');
  });

  it('does not show the value of a misspelt secret', () => {
    expect(JSON.stringify(read({ MATOMO_TOKEN_AUHT: 'hunter2' }).problems)).not.toContain(
      'hunter2',
    );
  });
});

describe('SETTINGS_FILE', () => {
  const withFile = (content: unknown) => {
    files.own = typeof content === 'string' ? content : JSON.stringify(content);
    return read({ SETTINGS_FILE: 'own' });
  };
  it.each<[string, unknown, string]>([
    ['a text for a number', { concurrency: '5' }, 'setting_not_a_number'],
    ['a number for a boolean', { auto_start: 1 }, 'setting_not_a_boolean'],
    ['null for what cannot be unset', { concurrency: null }, 'setting_not_a_number'],
    ['a fraction for a whole number', { concurrency: 1.5 }, 'setting_not_whole'],
    ['an empty list', { ecommerce_shipping_rates: [] }, 'setting_not_a_list'],
    ['a text in a list', { ecommerce_shipping_rates: [1, 'x'] }, 'setting_not_a_number'],
    ['a key nobody knows', { foo_bar_baz: 1 }, 'setting_unknown'],
    ['an upper-case key', { CONCURRENCY: 5 }, 'setting_misspelt'],
    ['a list', [], 'settings_file_unusable'],
    ['no JSON', '{', 'settings_file_unusable'],
  ])('refuses %s', (_, content, code) => expect(codes(withFile(content))).toEqual([code]));

  it('unsets with null what the environment set', () => {
    files.own = '{"matomo_token_auth": null}';
    const { settings } = read({ MATOMO_TOKEN_AUTH: 'abc', SETTINGS_FILE: 'own' });
    expect(settings.matomo_token_auth).toBeNull();
  });

  it('must be readable', () => {
    expect(told(read({ SETTINGS_FILE: 'nowhere' }))).toMatchObject([
      { code: 'settings_file_unusable', message: 'nowhere cannot be read (ENOENT).' },
    ]);
  });
});

describe('secrets and older names', () => {
  it('reads a token from a file, without its line break', () => {
    expect(read({ MATOMO_TOKEN_AUTH_FILE: 'token' }).settings.matomo_token_auth).toBe('s3cret');
  });

  it.each([
    ['empty', 'token_file_unusable'],
    ['nowhere', 'token_file_unusable'],
  ])('refuses the token file %s', (path, code) => {
    expect(codes(read({ MATOMO_TOKEN_AUTH_FILE: path }))).toEqual([code]);
  });

  it('refuses a token and a token file together', () => {
    const result = read({ MATOMO_TOKEN_AUTH_FILE: 'token', MATOMO_TOKEN_AUTH: 'other' });
    expect(codes(result)).toEqual(['setting_given_twice']);
  });

  it('takes MAX_TOTAL_VISITS for MAX_VISITS_PER_DAY and says so', () => {
    const result = read({ MAX_TOTAL_VISITS: '5', MAX_VISITS_PER_DAY: '' });
    expect(result.settings.max_visits_per_day).toBe(5);
    expect(codes(result, 'notice')).toContain('setting_older_name');
  });

  it('refuses the two names with two values, but not with the same', () => {
    expect(codes(read({ MAX_TOTAL_VISITS: '5', MAX_VISITS_PER_DAY: '6' }))).toEqual([
      'setting_given_twice',
    ]);
    expect(codes(read({ MAX_TOTAL_VISITS: '5', MAX_VISITS_PER_DAY: '5' }))).toEqual([]);
  });

  it('refuses a --set without =', () => {
    expect(codes(read({}, [set('CONCURRENCY')]))).toEqual(['set_malformed']);
  });
});
