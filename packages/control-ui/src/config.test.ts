import { expect, it } from 'vitest';
import { ConfigError, configOf } from './config.ts';

const files: Readonly<Record<string, string>> = { '/run/key': 'k'.repeat(40), '/run/empty': '' };
const readFile = (path: string): string => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
  return text;
};

function mistakesOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    configOf(environment, readFile);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

it('takes secrets from files', () => {
  expect(configOf({ CONTROL_UI_API_KEY_FILE: '/run/key' }, readFile).api_key).toBe('k'.repeat(40));
});

it('names every secret file that is missing or empty, and starts with none of them', () => {
  expect(
    mistakesOf({ CONTROL_UI_API_KEY_FILE: '/run/empty', SECRET_KEY_FILE: '/run/missing' }),
  ).toEqual([
    'CONTROL_UI_API_KEY_FILE names an empty file: /run/empty.',
    'SECRET_KEY_FILE cannot be read (ENOENT): /run/missing.',
  ]);
});

it('takes blank variables for unset, as Compose passes them', () => {
  const { control_id, docker } = configOf({ CONTROL_ID: '', LOADER_CPUS: ' ' }, readFile);
  expect([control_id, docker.cpus]).toEqual(['default', 1]);
});
