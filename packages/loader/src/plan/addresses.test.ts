import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { materialWith } from '../testing/funnel-material.ts';
import { addressesOf } from './addresses.ts';

describe('the addresses of a plan', () => {
  const funnel = {
    name: 'Away',
    probability: 0.1,
    steps: [
      { type: 'pageview', url: 'https://pay.example.test/start' },
      { type: 'event', event_category: 'c', event_action: 'a', event_name: 'n' },
      { type: 'pageview', url: 'https://pay.example.test/done' },
    ],
  };
  const campaigns = '[{"name": "one", "landing_page": "/sale"}, {"name": "two"}]';

  it('are those of pages, funnels and campaigns, each once', () => {
    const material = materialWith([funnel]);
    const origin = new URL(material.pages[0]?.url.raw ?? '').origin;
    const channels = { search: 1, campaign: 1 };
    const found = addressesOf(material, { ...defaultSettings, channels, campaigns });
    expect(found.slice(material.pages.length)).toEqual([
      'https://pay.example.test/start',
      'https://pay.example.test/done',
      `${origin}/sale`,
    ]);
    expect(new Set(found).size).toBe(found.length);
  });

  it('have no landing pages while no visit comes from a campaign', () => {
    const material = materialWith([]);
    expect(addressesOf(material, { ...defaultSettings, campaigns })).toHaveLength(
      material.pages.length,
    );
  });
});
