import { defaultSettings } from '@trafficinator/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinMaterial } from '../../plan/material/builtin.ts';
import { compilePlan } from '../../plan/plan.ts';
import { queryOf } from '../query.ts';
import { bulkBody } from './body.ts';

const queries = fc.array(
  fc.string({ unit: 'grapheme' }).map((text) => `idsite=1&action_name=${encodeURIComponent(text)}`),
  { minLength: 1 },
);
const token = fc.option(fc.string({ unit: 'grapheme' }));

const bodyOf = (sent: readonly string[], secret: string | null) => ({
  requests: sent.map((query) => `?${query}`),
  ...(secret === null ? {} : { token_auth: secret }),
});

describe('the body of a bulk request', () => {
  it('is the JSON that Matomo reads', () => {
    fc.assert(
      fc.property(queries, token, (sent, secret) => {
        expect(JSON.parse(bulkBody(sent, secret).toString())).toEqual(bodyOf(sent, secret));
      }),
    );
  });

  it('leaves nothing of what was in its memory before', () => {
    fc.assert(
      fc.property(queries, queries, token, (before, sent, secret) => {
        const memory = bulkBody(before, 'secret').buffer;
        expect(JSON.parse(bulkBody(sent, secret, memory).toString())).toEqual(bodyOf(sent, secret));
      }),
    );
  });

  it('uses the memory it is given only when that is large enough', () => {
    const large = bulkBody(['a=1', 'b=2'], null).buffer;
    const small = bulkBody(['a=1'], null, large);
    expect(small.buffer).toBe(large);
    expect(bulkBody(['a=1', 'b=2', 'c=3'], null, large).buffer).not.toBe(large);
  });
});

it('needs no escaping: no query of a visit has a character that JSON would change', () => {
  const settings = { ...defaultSettings, ecommerce_probability: 0.5 };
  const plan = compilePlan(settings, builtinMaterial(), 3);
  const options = { site_id: 1, with_location: true, order_prefix: 'B-' };
  const planned = Array.from({ length: 300 }, (_, index) => {
    const visit = plan(index);
    return visit.hits.map((hit) => {
      const at_ms = Date.UTC(2026, 2, 1) + hit.offset_ms;
      return queryOf(visit, hit, { at_ms, send_cdt: true }, options);
    });
  }).flat();
  expect(planned.length).toBeGreaterThan(1_500);
  expect(planned.filter((query) => /["\\]|[^\x20-\x7e]/.test(query))).toEqual([]);
  const body = bulkBody(planned, 'secret');
  expect(JSON.parse(body.toString())).toEqual(bodyOf(planned, 'secret'));
});
