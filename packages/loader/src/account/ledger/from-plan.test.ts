import { defaultSettings } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../plan/plan.ts';
import { queryOf } from '../../send/query.ts';
import { everyKind, materialWith } from '../../testing/funnel-material.ts';
import { hitOfParameters } from '../../testing/hit-of-parameters.ts';
import { everything, planOfJourney } from '../../testing/journey-material.ts';
import { ledgerHitOf } from './from-plan.ts';

const options = { site_id: 1, with_location: true, order_prefix: 'T-' };
const start_ms = Date.UTC(2026, 5, 10, 10, 0, 0, 999);

describe('a planned hit', () => {
  it('is for the ledger what its query says to Matomo', () => {
    const plan = compilePlan(
      { ...defaultSettings, ecommerce_probability: 0.5 },
      materialWith([{ ...everyKind, probability: 0.3 }]),
      3,
    );
    const journeys = planOfJourney(everything);
    const kinds = new Set<string>();
    for (let index = 0; index < 200; index++) {
      const visit = index < 150 ? plan(index) : journeys(index);
      for (const hit of visit.hits) {
        const moment = { at_ms: start_ms + hit.offset_ms, send_cdt: true };
        const query = new URLSearchParams(queryOf(visit, hit, moment, options));
        const read = hitOfParameters(Object.fromEntries(query));
        const planned = ledgerHitOf(visit, hit, moment.at_ms);
        expect(planned).toEqual(read);
        kinds.add(hit.kind);
      }
    }
    const actions = ['download', 'event', 'outlink', 'pageview', 'search'];
    const others = ['cart', 'content', 'goal', 'interaction', 'order', 'ping'];
    expect([...kinds].sort()).toEqual([...actions, ...others].sort());
  });
});
