/**
 * Counter-based randomness: every random value of a plan is a hash of (seed, visit, purpose, n).
 * No stream, no state, no order of calls: the same question has the same answer on every shard, at
 * any concurrency and after any restart. The mixer is MurmurHash3's 32-bit finaliser (fmix32).
 */

/** What a draw is for. Two purposes never share a value; numbers are part of every plan's identity. */
export const purpose = {
  arrival: 1,
  visitorHigh: 2,
  visitorLow: 3,
  device: 4,
  resolution: 5,
  place: 6,
  language: 7,
  zone: 8,
  network: 9,
  address: 10,
  referrerChannel: 11,
  referrerSource: 12,
  pageCount: 13,
  page: 14,
  duration: 15,
  dwell: 16,
  pause: 17,
  pageviewId: 18,
  timing: 19,
  wantsSearch: 20,
  wantsOutlink: 21,
  wantsDownload: 22,
  wantsClick: 23,
  wantsRandom: 24,
  wantsOrder: 25,
  actionPage: 26,
  actionMoment: 27,
  actionChoice: 28,
  searchCount: 29,
  orderItems: 30,
  orderProduct: 31,
  orderQuantity: 32,
  orderShipping: 33,
  orderDiscount: 34,
  orderValue: 35,
  linger: 36,
  retry: 37,
  dayVolume: 38,
  target: 39,
  funnel: 40,
  funnelDelay: 41,
  funnelDropOff: 42,
  funnelResults: 43,
  funnelPieces: 44,
  funnelProduct: 45,
  funnelShipping: 46,
  addressFamily: 60,
  interfaceId: 61,
  city: 62,
  population: 70,
  seat: 71,
  returns: 72,
  hasUserId: 73,
  userId: 74,
  burst: 80,
  dayRounding: 81,
  negative: 90,
  negativeSource: 91,
  negativePages: 92,
  connection: 93,
  journeyShare: 100,
  journeyChoice: 101,
  journeyDraw: 102,
  journeyWait: 103,
  journeyResults: 104,
  journeyShipping: 105,
  journeyPause: 106,
  pluginHits: 107,
} as const;

const fmix32 = (h: number): number => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** The draws of one visit. */
export class Draws {
  /** Index of the visit. */
  readonly visit: number;
  readonly #low: number;
  readonly #high: number;

  /** `seed`: unsigned 32-bit; `visit`: index from 0 up to 2^53 − 1. */
  constructor(seed: number, visit: number) {
    this.visit = visit;
    const low = visit | 0;
    const high = Math.floor(visit / 0x1_0000_0000);
    this.#low = fmix32(low ^ 0x2545_f491);
    this.#high = fmix32(Math.imul(seed | 0, 0x9e37_79b1) + high + 0x7f4a_7c15);
  }

  /** An unsigned 32-bit number. For a fixed seed, purpose and n < 2^32 visits draw distinct values. */
  bits(of: number, n = 0): number {
    const key = fmix32(this.#high + Math.imul(of, 0x9e37_79b9) + Math.imul(n, 0x632b_e5ab));
    return fmix32(this.#low + key) >>> 0;
  }

  /** A number in [0, 1). */
  unit(of: number, n = 0): number {
    return this.bits(of, n) / 0x1_0000_0000;
  }

  /** A whole number from `least` to `most`, both included, all equally likely. */
  between(least: number, most: number, of: number, n = 0): number {
    return least + Math.floor(this.unit(of, n) * (most - least + 1));
  }

  /** True with the given probability; never at 0, always at 1. */
  chance(probability: number, of: number, n = 0): boolean {
    return this.unit(of, n) < probability;
  }

  /** One of the items, all equally likely. The list must not be empty. */
  pick<T>(items: readonly T[], of: number, n = 0): T {
    return items[Math.floor(this.unit(of, n) * items.length)] as T;
  }
}
