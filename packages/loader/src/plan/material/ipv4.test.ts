import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, dotted, networkOf, overlaps } from './ipv4.ts';

describe('IPv4 networks', () => {
  it('survive the way to text and back', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(dotted(addressOf(text))).toBe(text);
      }),
    );
  });

  it.each(['1.2.3', '1.2.3.256', '1.2.3.x', '', '1.2.3.4.5', '-1.2.3.4'])(
    'refuses address %s',
    (text) => {
      expect(() => addressOf(text)).toThrow(RangeError);
    },
  );

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.1/8', '10.0.0.0/-1'])(
    'refuses network %s',
    (text) => {
      expect(() => networkOf(text)).toThrow(RangeError);
    },
  );

  it.each([
    ['10.0.0.0/8', '10.200.0.0/16', true],
    ['10.0.0.0/9', '10.128.0.0/9', false],
    ['0.0.0.0/0', '255.255.255.255/32', true],
    ['192.0.2.0/25', '192.0.2.128/25', false],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlaps(networkOf(a), networkOf(b))).toBe(expected);
    expect(overlaps(networkOf(b), networkOf(a))).toBe(expected);
  });
});
