import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultSites, parseSites } from '../index.ts';
import { emptyStats } from '../tracker/counts.ts';
import { TrackingFailures } from '../tracker/failures.ts';
import { Parameters } from '../tracker/parameters.ts';
import { type Ground, track } from '../tracker/track.ts';
import { Store } from './store.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const connection = {
  ip: '203.0.113.7',
  user_agent: 'Mozilla/5.0 Firefox/140.0',
  language: 'sv',
  referer: '',
  is_prefetch: false,
};

const hit = fc.record({
  cid: fc.constantFrom('aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', ''),
  uid: fc.constantFrom('', '', '', 'ann'),
  minute: fc.nat(300),
  kind: fc.constantFrom({}, { idgoal: 1 }, { idgoal: 0 }, { ping: 1 }, { e_c: 'c', e_a: 'a' }),
  ec_id: fc.constantFrom('', 'R1', 'R2', 'R3'),
});

const sendAll = (
  ground: Ground,
  hits: readonly (typeof hit extends fc.Arbitrary<infer H> ? H : never)[],
) => {
  for (const { cid, uid, minute, kind, ec_id } of hits) {
    const cdt = String(NOW_MS / 1000 - 3600 * 10 + minute * 60);
    const values = { idsite: 1, rec: 1, url: 'https://shop.example.test/', cid, uid, cdt, ec_id };
    track(ground, new Parameters({ ...values, ...kind }), connection, true, emptyStats());
  }
};

it('a rolled-back batch leaves nothing behind: what follows is recorded as if it never was', () => {
  fc.assert(
    fc.property(fc.array(hit), fc.array(hit), fc.array(hit), (before, batch, after) => {
      const ground = (): Ground => ({
        sites: parseSites(defaultSites()),
        store: new Store(),
        token: 't',
        failures: new TrackingFailures(),
        now: () => NOW_MS,
        retention_days: () => null,
        excludes: () => true,
      });
      const rolledBack = ground();
      sendAll(rolledBack, before);
      rolledBack.store.begin();
      sendAll(rolledBack, batch);
      rolledBack.store.rollback();
      sendAll(rolledBack, after);
      const never = ground();
      sendAll(never, before);
      sendAll(never, after);
      expect(withoutIds(rolledBack)).toEqual(withoutIds(never));
    }),
  );
});

/** Ids go on counting over a rollback, as a database's do. Nameless visitors are made from them. */
function withoutIds(ground: Ground): unknown {
  return ground.store
    .visits(1)
    .map(({ id: _, visitor_id: __, actions, conversions, ...visit }) => ({
      ...visit,
      actions: actions.map(({ id: ___, ...action }) => action),
      conversions: conversions.map(({ id: ___, action_id: ____, ...conversion }) => conversion),
    }));
}
