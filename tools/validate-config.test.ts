import { expect, it } from 'vitest';
import { checkArguments } from './validate-config.ts';

it.each<[string[], string[]]>([
  [[], ['check']],
  [
    ['--env-file', 'a=b.env', '--skip-connection'],
    ['check', '--env-file', 'a=b.env', '--skip-connection'],
  ],
  [
    ['--timeout', '5', '--skip-connection'],
    [
      'check',
      '--set',
      'CONNECT_TIMEOUT_SECONDS=5',
      '--set',
      'REQUEST_TIMEOUT_SECONDS=5',
      '--skip-connection',
    ],
  ],
  [
    ['--timeout=5'],
    ['check', '--set', 'CONNECT_TIMEOUT_SECONDS=5', '--set', 'REQUEST_TIMEOUT_SECONDS=5'],
  ],
  [
    ['--timeout'],
    [
      'check',
      '--set',
      'CONNECT_TIMEOUT_SECONDS=missing',
      '--set',
      'REQUEST_TIMEOUT_SECONDS=missing',
    ],
  ],
])('%j becomes %j', (given, expected) => expect(checkArguments(given)).toEqual(expected));
