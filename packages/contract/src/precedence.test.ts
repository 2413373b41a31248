import { describe, expect, it } from 'vitest';
import type { Layer } from './layers.ts';
import { readSettings } from './read.ts';
import { defaultSettings } from './settings/list.ts';

const files: Record<string, string> = {
  '.env': 'PAGEVIEWS_MIN=2\nexport CONCURRENCY="7"\n\nMATOMO_URL=https://m.test.lan\n',
  'blank.env': 'CONCURRENCY=""\n',
  'settings.json': JSON.stringify({ concurrency: 8, auto_start: false, seed: null }),
};
const read = (environment: Record<string, string>, layers: Layer[] = []) =>
  readSettings({ environment, layers, readFile: (path) => files[path] ?? '', purpose: 'plan' });
const set = (...assignments: string[]): Layer => ({ kind: 'set', assignments });
const envFile = (path: string): Layer => ({ kind: 'env_file', path });

describe('precedence', () => {
  it('is default, environment, SETTINGS_FILE, --env-file, --set', () => {
    const layers: Layer[] = [set('pageviews_max=9'), envFile('.env')];
    const { settings, changed, ok } = read(
      { PAGEVIEWS_MIN: '1', CONCURRENCY: '6', SEED: '4', SETTINGS_FILE: 'settings.json' },
      layers,
    );
    expect(settings).toMatchObject({
      matomo_url: 'https://m.test.lan/matomo.php',
      pageviews_min: 2,
      pageviews_max: 9,
      concurrency: 7,
      auto_start: false,
      seed: null,
      max_retries: defaultSettings.max_retries,
    });
    expect(changed).toEqual([
      'matomo_url',
      'concurrency',
      'pageviews_min',
      'pageviews_max',
      'auto_start',
    ]);
    expect(ok).toBe(true);
  });

  it('takes a blank text for unset, as compose passes it', () => {
    const { settings } = read({ CONCURRENCY: '6', TIMEZONE: '', SEED: '  ' }, [
      envFile('blank.env'),
    ]);
    expect(settings).toMatchObject({ concurrency: 6, timezone: 'CET', seed: null });
  });

  it('takes back with --set NAME= what all the places below say', () => {
    const environment = { CONCURRENCY: 'many', MATOMO_TOKEN_AUTH_FILE: '/no/such/file' };
    const back = set('SEED=4', 'CONCURRENCY=', 'matomo_token_auth=""', 'SEED=', 'CONCURENCY=');
    const { settings, given, problems } = read({ ...environment, SEED: '3' }, [back]);
    expect(settings).toMatchObject({ concurrency: 50, matomo_token_auth: null, seed: null });
    expect([...given]).not.toContain('concurrency');
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(problems[0]?.remedy).toContain('CONCURRENCY');
  });

  it('does not judge what a later layer replaces', () => {
    const { problems } = read({ CONCURRENCY: 'many' }, [set('CONCURRENCY=5')]);
    expect(problems.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  });
});
