import ipaddr from 'ipaddr.js';
import type { Clock } from '../ports/clock.ts';

/** So many failures are free: people mistype. */
const free = 5;
const firstDelay_ms = 500;
const longestDelay_ms = 30_000;
/** Failures are forgotten after so long without another. */
const memory_ms = 60 * 60_000;
const mostAddresses = 10_000;

interface Record {
  failures: number;
  last_ms: number;
  until_ms: number;
}

/**
 * Who is counted as one: an IPv4 address, or the 64 bits of an IPv6 address that belong to a network. Whoever has
 * one IPv6 address has them all.
 */
function clientOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64);
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/**
 * Slows down who guesses keys: after five failures an address has to wait, twice as long each time, up to
 * half a minute. It is asked before a key is even looked at, and costs no memory beyond a bound.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #records = new Map<string, Record>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds that this address has to wait before it may try again; 0: none. */
  wait_seconds(address: string): number {
    const record = this.#records.get(clientOf(address));
    if (record === undefined) return 0;
    return Math.max(0, Math.ceil((record.until_ms - this.#clock.now()) / 1000));
  }

  /** Counts a failure; returns how many there were. */
  failed(address: string): number {
    const now_ms = this.#clock.now();
    const client = clientOf(address);
    const known = this.#records.get(client);
    const failures =
      known === undefined || now_ms - known.last_ms > memory_ms ? 1 : known.failures + 1;
    const delay_ms =
      failures <= free ? 0 : Math.min(longestDelay_ms, firstDelay_ms * 2 ** (failures - free - 1));
    // Newest last, so that the first ones are the ones to forget.
    this.#records.delete(client);
    this.#records.set(client, { failures, last_ms: now_ms, until_ms: now_ms + delay_ms });
    if (this.#records.size > mostAddresses) {
      this.#records.delete(this.#records.keys().next().value as string);
    }
    return failures;
  }

  succeeded(address: string): void {
    this.#records.delete(clientOf(address));
  }
}
