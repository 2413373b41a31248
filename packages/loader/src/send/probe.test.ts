import { defaultSettings, type Settings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { liveMoment, makeProbe, probeTitle } from './probe.ts';

const material = builtinMaterial();
const now_ms = Date.UTC(2026, 4, 1, 12, 0, 0);
const make = (more: Partial<Settings>) => {
  const settings = { ...defaultSettings, ...more };
  return makeProbe(settings, material, 7, liveMoment(settings, now_ms));
};

describe('the probe', () => {
  it('is a page view of the real kind that says what it is', () => {
    const probe = make({ matomo_token_auth: 'x', matomo_site_id: 3 });
    const query = new URLSearchParams(probe.query);
    expect(query.get('idsite')).toBe('3');
    expect(query.get('rec')).toBe('1');
    expect(query.get('action_name')).toBe(probeTitle);
    expect(query.get('url')).toBe(probe.url);
    expect(new URL(probe.url).origin).toBe(new URL(material.pages[0]?.url.raw ?? '').origin);
    expect(new URL(probe.url).pathname).toBe('/trafficinator-check');
    expect(query.get('cid')).toBe(probe.visitor_id);
    expect(query.get('country')).toBe(probe.country);
    expect(query.get('cip')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(query.get('cdt')).toBe('2026-05-01 12:00:00');
    for (const name of ['ua', 'lang', 'res', 'pv_id', 'pf_srv'])
      expect(query.get(name)).toBeTruthy();
    expect(query.has('urlref')).toBe(false);
  });

  it('is a visit that Matomo records, whatever share of the others it does not', () => {
    const negative_traffic = { bots: 0.5, spam_referrers: 0.5 };
    expect(make({ negative_traffic })).toEqual(make({}));
  });

  it('leaves out what a run would leave out', () => {
    for (const more of [
      { matomo_token_auth: null },
      { matomo_token_auth: 'x', randomize_visitor_countries: false },
    ]) {
      const probe = make(more);
      expect(probe.country).toBeNull();
      expect(probe.query).not.toMatch(/&(cip|country)=/);
    }
    expect(make({ visit_pacing: 'realtime' }).query).not.toContain('cdt=');
  });
});
