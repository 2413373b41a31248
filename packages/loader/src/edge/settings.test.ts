import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { settingsOfProcess } from './settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the settings of the process', () => {
  it('come from the environment, the files it names and the flags, the later one wins', () => {
    const token = join(directory, 'token');
    writeFileSync(token, 'a-token-of-a-file\n');
    const envFile = join(directory, 'run.env');
    writeFileSync(envFile, 'MAX_VISITS=20\nCONCURRENCY=20\n');
    vi.stubEnv('MAX_VISITS', '10');
    vi.stubEnv('CONCURRENCY', '10');
    vi.stubEnv('PAGEVIEWS_MAX', '10');
    vi.stubEnv('MATOMO_TOKEN_AUTH_FILE', token);
    const { settings, ok } = settingsOfProcess({ envFile, set: ['CONCURRENCY=30'] }, 'plan');
    expect(ok).toBe(true);
    expect(settings).toMatchObject({
      pageviews_max: 10,
      max_visits: 20,
      concurrency: 30,
      matomo_token_auth: 'a-token-of-a-file',
    });
  });

  it('tell of a file that is not there', () => {
    const { ok, problems } = settingsOfProcess({ envFile: join(directory, 'none.env') }, 'plan');
    expect(ok).toBe(false);
    expect(problems[0]?.code).toBe('env_file_unusable');
  });
});
