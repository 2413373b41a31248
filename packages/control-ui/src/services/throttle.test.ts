import { expect, it } from 'vitest';
import { Throttle } from './throttle.ts';

function clockAt(start_ms: number) {
  let now_ms = start_ms;
  return {
    now: () => now_ms,
    after: () => () => {},
    pass: (ms: number) => {
      now_ms += ms;
    },
  };
}

it('lets people mistype, then makes an address wait twice as long each time, up to half a minute', () => {
  const clock = clockAt(1_000_000);
  const throttle = new Throttle(clock);
  const waits: number[] = [];
  for (let n = 0; n < 14; n++) {
    throttle.failed('10.0.0.1');
    const wait = throttle.wait_seconds('10.0.0.1');
    waits.push(wait);
    clock.pass(wait * 1000);
  }
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 1, 2, 4, 8, 16, 30, 30, 30]);
  expect(throttle.wait_seconds('10.0.0.2')).toBe(0);
});

it('forgets after a success, and after an hour', () => {
  const clock = clockAt(0);
  const throttle = new Throttle(clock);
  for (let n = 0; n < 9; n++) throttle.failed('a');
  throttle.succeeded('a');
  expect(throttle.wait_seconds('a')).toBe(0);
  for (let n = 0; n < 9; n++) throttle.failed('b');
  clock.pass(3_600_001);
  expect(throttle.failed('b')).toBe(1);
});

it('keeps no more than ten thousand addresses', () => {
  const throttle = new Throttle(clockAt(0));
  for (let n = 0; n < 6; n++) throttle.failed('first');
  expect(throttle.wait_seconds('first')).toBe(1);
  for (let n = 0; n < 10_000; n++) throttle.failed(`10.1.${n >> 8}.${n & 255}`);
  expect(throttle.wait_seconds('first')).toBe(0);
});

it('counts all addresses of an IPv6 network as one, and an IPv4 address in whatever spelling', () => {
  const throttle = new Throttle(clockAt(0));
  for (let n = 1; n <= 6; n++) throttle.failed(`2001:db8:1:2::${n}`);
  expect(throttle.wait_seconds('2001:db8:1:2:ffff::1')).toBe(1);
  expect(throttle.wait_seconds('2001:db8:1:3::1')).toBe(0);
  for (let n = 0; n < 6; n++) throttle.failed('::ffff:10.0.0.1');
  expect(throttle.wait_seconds('10.0.0.1')).toBe(1);
  expect(throttle.wait_seconds('10.0.0.2')).toBe(0);
});
