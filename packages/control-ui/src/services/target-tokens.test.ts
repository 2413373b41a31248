import { expect, it } from 'vitest';
import { maskedTargets, withKeptTokens } from './target-tokens.ts';

const kept = JSON.stringify([
  { name: 'old', url: 'https://a.test.lan', site_id: 1, token_auth: 'token-a' },
  { name: 'new', url: 'https://b.test.lan', site_id: 2, token_auth: 'token-b' },
]);
const tokensOf = (text: string): unknown[] => {
  const read = JSON.parse(text) as { token_auth?: unknown }[] | { targets: [] };
  return (Array.isArray(read) ? read : read.targets).map(({ token_auth }) => token_auth);
};

it('shows targets without their tokens', () => {
  expect(tokensOf(maskedTargets(kept))).toEqual(['***', '***']);
  const object = JSON.stringify({ strategy: 'mirror', targets: JSON.parse(kept) });
  expect(JSON.parse(maskedTargets(object))).toMatchObject({ strategy: 'mirror' });
  expect(maskedTargets(object)).not.toContain('token-');
});

it.each([
  'not JSON: token-a',
  '"token-a"',
  '{"target": {"token_auth": "token-a"}}',
  '[["token-a"]]',
])('shows nothing of what is no list of targets: %s', (text) => {
  expect(maskedTargets(text)).toBe('***');
});

it('keeps what was sent back as it was shown', () => {
  expect(JSON.parse(withKeptTokens(maskedTargets(kept), kept))).toEqual(JSON.parse(kept));
});

it('keeps blank and masked tokens, takes new ones, and clears with null', () => {
  const given = [
    { name: 'OLD ', url: 'https://a.test.lan/', site_id: 9, token_auth: '' },
    { name: 'renamed', url: 'https://b.test.lan', site_id: 2, token_auth: '********' },
    { name: 'other', url: 'https://c.test.lan', site_id: 3, token_auth: '***' },
  ];
  expect(tokensOf(withKeptTokens(JSON.stringify(given), kept))).toEqual([
    'token-a',
    'token-b',
    undefined,
  ]);
  const changed = [
    { name: 'old', url: 'https://moved.test.lan', token_auth: 'token-c' },
    { name: 'new', url: 'https://b.test.lan', token_auth: null },
  ];
  expect(tokensOf(withKeptTokens(JSON.stringify(changed), kept))).toEqual(['token-c', null]);
  expect(withKeptTokens('no JSON', kept)).toBe('no JSON');
});

it('never lends a token to another target', () => {
  const given = [
    { name: 'third', url: 'https://b.test.lan', site_id: 7, token_auth: '***' },
    { name: 'old', url: 'https://moved.test.lan', site_id: 1, token_auth: '***' },
    { name: 'old', url: 'http://a.test.lan', site_id: 1 },
  ];
  expect(tokensOf(withKeptTokens(JSON.stringify(given), kept))).toEqual(Array(3).fill(undefined));
});
