import { describe, expect, it } from 'vitest';
import { redactedUrl, trackerUrl } from './tracker-url.ts';

describe('trackerUrl', () => {
  it.each([
    ['https://m.example.org', 'https://m.example.org/matomo.php'],
    ['https://m.example.org//', 'https://m.example.org/matomo.php'],
    ['https://m.example.org/piwik.php', 'https://m.example.org/piwik.php'],
    ['http://127.0.0.1:8080/matomo/', 'http://127.0.0.1:8080/matomo/matomo.php'],
    ['HTTPS://M.Example.Org/matomo.php/', 'https://m.example.org/matomo.php'],
    ['http://[::1]:81/x.php', 'http://[::1]:81/x.php'],
  ])('%s is %s', (text, value) => expect(trackerUrl('MATOMO_URL', text)).toEqual({ value }));

  it.each([
    ['matomo.example.org', 'url_invalid'],
    ['//matomo.example.org', 'url_invalid'],
    ['ftp://matomo.example.org', 'url_invalid'],
    ['https:matomo.example.org', 'url_invalid'],
    ['https://', 'url_invalid'],
    ['https://a b/', 'url_invalid'],
    ['https://user:pw@m.example.org', 'url_has_credentials'],
    ['https://user@m.example.org', 'url_has_credentials'],
    ['https://m.example.org/?idsite=1', 'url_has_query'],
    ['https://m.example.org/#', 'url_has_query'],
  ])('%s: %s', (text, code) => expect(trackerUrl('MATOMO_URL', text)).toMatchObject({ code }));
});

describe('redactedUrl', () => {
  it.each([
    ['https://u:p@h/a', 'https://***@h/a'],
    ['https://u:p@ss@h/a', 'https://***@h/a'],
    ['https://h/a?token_auth=x#y', 'https://h/a?***'],
    ['https://h/a', 'https://h/a'],
  ])('%s is shown as %s', (text, redacted) => expect(redactedUrl(text)).toBe(redacted));
});
