import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr6Of, ipv6Text, networkOf6, overlap6, sizeOf6 } from './ipv6.ts';
import { addressIn6, placeList } from './places.ts';

describe('ipv6Text', () => {
  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2a02:0:0:0:0:0:0:0', '2a02::'],
    ['2A02:0DB8:00ff:0:0:0:0:0001', '2a02:db8:ff::1'],
  ])('of %s is %s', (groups, text) => {
    expect(ipv6Text(groups.split(':').map((group) => Number.parseInt(group, 16)))).toBe(text);
  });

  it('is the text that URLs use, of any address', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const plain = groups.map((n) => n.toString(16)).join(':');
        expect(`[${ipv6Text(groups)}]`).toBe(new URL(`http://[${plain}]/`).hostname);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('networkOf6', () => {
  it('reads what it writes', () => {
    for (const text of ['2a02::/16', '2a02:1200::/27', '2405:9800:8000::/36', '2000::/3']) {
      expect(cidr6Of(networkOf6(text))).toBe(text);
    }
    expect(sizeOf6(networkOf6('2a02:1200::/32'))).toBe(65_536);
    expect(overlap6(networkOf6('2a02::/16'), networkOf6('2a02:1::/32'))).toBe(true);
    expect(overlap6(networkOf6('2a02:1::/32'), networkOf6('2a02:2::/32'))).toBe(false);
  });

  it.each(['2a02::1/32', '2a02:1::/16', '2a02::/49', '2a02::', '2a02:1:2:3::/48', 'x::/3', '::/0'])(
    'refuses %s',
    (text) => expect(() => networkOf6(text)).toThrow(RangeError),
  );
});

describe('addressIn6', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 });

  it('gives canonical addresses inside the networks of the place and of no other', () => {
    const places = placeList().map((place) => {
      const list = new BlockList();
      for (const network of place.networks6) {
        const [first = '', prefix] = cidr6Of(network).split('/');
        list.addSubnet(first, Number(prefix), 'ipv6');
      }
      return { place, list };
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.tuple(unit, unit, unit),
        fc.tuple(bits, bits),
        ({ place }, draws, id) => {
          const address = addressIn6(place, draws, id);
          const within = places.filter(({ list }) => list.check(address, 'ipv6'));
          expect(within.map((each) => each.place.country)).toEqual([place.country]);
          expect(new URL(`http://[${address}]/`).hostname).toBe(`[${address}]`);
        },
      ),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it('says which place has no network', () => {
    const place = { ...placeList()[0]!, networks6: [] };
    expect(() => addressIn6(place, [0, 0, 0], [1, 1])).toThrow(/place "us"/);
  });
});
