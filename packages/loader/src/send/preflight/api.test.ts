import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { usualSite } from '../../../test/stub-server.ts';
import { apiPath, readApi, siteForm } from './api.ts';
import type { HttpReply } from './ask.ts';

const tracker = new URL('https://stats.example.test/sub/matomo.php');
const token = 'a-token-that-must-not-show';
const settings: Settings = { ...defaultSettings, matomo_token_auth: token };

const reply = (status: number, body: unknown, more: Partial<HttpReply> = {}): HttpReply => ({
  kind: 'http',
  status,
  content_type: 'application/json',
  location: null,
  www_authenticate: null,
  date_ms: null,
  asked_ms: 0,
  answered_ms: 0,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...more,
});
const error = (message: string) => ({ result: 'error', message });
const version = { value: '5.2.0' };
const read = (answer: HttpReply, more: Partial<Settings> = {}) =>
  readApi(answer, tracker, { ...settings, ...more });

describe('the request', () => {
  it('goes to index.php beside the tracker', () => {
    expect(apiPath(tracker)).toBe('/sub/index.php');
  });

  it('asks in one bulk request, each call a query of its own', () => {
    const form = new URLSearchParams(siteForm('t&t', 7));
    expect(form.get('method')).toBe('API.getBulkRequest');
    expect(form.get('token_auth')).toBe('t&t');
    expect(new URLSearchParams(form.get('urls[1]') ?? '').get('idSite')).toBe('7');
  });
});

describe('the answer', () => {
  it('describes the site, whether numbers come as numbers or as texts', () => {
    const texts = { ...usualSite, ecommerce: '0', sitesearch: '1', exclude_unknown_urls: '1' };
    for (const site of [texts, [texts]]) {
      const { facts, problems } = read(reply(200, [version, site, error('no such method'), ['2']]));
      expect(problems).toEqual([]);
      expect(facts.site).toMatchObject({
        ecommerce: false,
        sitesearch: true,
        exclude_unknown_urls: true,
        urls: [usualSite.main_url],
      });
      expect(facts.token_rights).toBe('more');
    }
  });

  it('does not claim rights that it was not told', () => {
    const { facts } = read(reply(200, [version, usualSite, [], error('no such method')]));
    expect(facts.token_rights).toBeNull();
  });

  it.each([[1], ['1']])('knows a token that may only view (%j)', (id) => {
    const answer = reply(200, [version, usualSite, [usualSite.main_url], [5, id]]);
    expect(read(answer).problems).toMatchObject([{ code: 'token_refused', severity: 'error' }]);
    expect(read(answer, { randomize_visitor_countries: false }).problems).toMatchObject([
      { code: 'token_refused', severity: 'warning' },
    ]);
  });

  it.each([
    ['a 401 page', reply(401, '<html>Error</html>', { content_type: 'text/html' })],
    ['a 401 in JSON', reply(401, error('You must be logged in to access this functionality.'))],
    ['an error about access', reply(200, error("requires 'view' access for the website id = 1."))],
    [
      'errors for every call',
      reply(200, [error("requires 'view' access"), error("requires 'view' access")]),
    ],
    [
      'a ban',
      reply(403, 'You are currently not allowed to log in because of too many failed logins'),
    ],
  ])('takes %s as a no to the token', (_, answer) => {
    const { problems } = read(answer);
    expect(problems).toMatchObject([
      { code: 'token_refused', severity: 'error', value: '***', fields: ['matomo_token_auth'] },
    ]);
  });

  it.each([
    "An unexpected website was found in the request: website id was set to '1' .",
    "You can't access this resource as it requires 'view' access for the website id = 1.",
  ])('knows a site that is not there or not visible: %s', (message) => {
    const { facts, problems } = read(reply(200, [version, error(message), [], []]));
    expect(problems).toMatchObject([{ code: 'site_unknown', severity: 'error', value: '1' }]);
    expect(problems[0]?.message).toContain(message);
    expect(facts).toMatchObject({ matomo_version: '5.2.0', site: null });
  });

  it.each([
    ['a 404', reply(404, '<html>', { content_type: 'text/html' })],
    ['a page', reply(200, '<html>')],
    ['a password of the web server', reply(401, '', { www_authenticate: 'Basic realm="x"' })],
    ['a firewall', reply(403, 'Forbidden')],
    ['a list of nothing', reply(200, [])],
    ['a site without its fields', reply(200, [version, { idsite: 1 }, [], []])],
    ['a plugin that is off', reply(200, [version, error('The plugin SitesManager is off.')])],
  ])('leaves the site unchecked after %s', (_, answer) => {
    expect(read(answer).problems).toMatchObject([{ code: 'site_not_checked', severity: 'notice' }]);
  });

  it('quotes Matomo on one line, without control characters and not for pages', () => {
    const message = `website\u001b[31m\nid${'!'.repeat(1_000)}`;
    const { problems } = read(reply(200, [version, error(message)]));
    expect(problems[0]?.message).toContain('website [31m id!!!');
    expect(problems[0]?.message.length).toBeLessThan(400);
  });
});
