import { type Draws, purpose } from './draw.ts';
import type { Device } from './material/material.ts';
import type { Timings } from './visit.ts';
import { Weighted } from './weighted.ts';

type Phases = readonly [
  network: number,
  server: number,
  transfer: number,
  dom_processing: number,
  dom_completion: number,
  on_load: number,
];

/** The timings of page load `n` of a visit. */
export type PageLoads = (n: number) => Timings;

interface Connection {
  /** Share of the visits of each kind of device. */
  readonly shares: Readonly<Record<Device['kind'], number>>;
  /** Medians in ms: connecting, the round trip in the server's time, transfer. */
  readonly connecting_ms: number;
  readonly trip_ms: number;
  readonly transfer_ms: number;
  /** How much longer what a page loads afterwards takes. */
  readonly slower: number;
}

/** How visitors are connected. Plausible figures of our own, no measurements of anybody's site. */
const connections: readonly Connection[] = [
  {
    // A cable.
    shares: { desktop: 0.55, tablet: 0, smartphone: 0 },
    connecting_ms: 25,
    trip_ms: 15,
    transfer_ms: 12,
    slower: 1,
  },
  {
    // Wi-Fi.
    shares: { desktop: 0.42, tablet: 0.85, smartphone: 0.55 },
    connecting_ms: 40,
    trip_ms: 25,
    transfer_ms: 20,
    slower: 1.1,
  },
  {
    // A quick mobile network.
    shares: { desktop: 0.03, tablet: 0.15, smartphone: 0.4 },
    connecting_ms: 95,
    trip_ms: 60,
    transfer_ms: 50,
    slower: 1.5,
  },
  {
    // A slow mobile network.
    shares: { desktop: 0, tablet: 0, smartphone: 0.05 },
    connecting_ms: 350,
    trip_ms: 220,
    transfer_ms: 300,
    slower: 3,
  },
];

/** Medians in ms of what the device does: parsing, what a page loads afterwards, load handlers. */
const devices: Readonly<Record<Device['kind'], readonly [number, number, number]>> = {
  desktop: [260, 350, 12],
  tablet: [450, 550, 22],
  smartphone: [620, 750, 30],
};
const server_ms = 140;

/** How widely each phase spreads around its median. */
const spreads: Phases = [0.45, 0.4, 0.55, 0.35, 0.4, 0.55];
/** No load takes longer than so many times the median of its phase. */
const longest = 20;

/**
 * Page performance by device and connection: a visitor keeps the connection for the visit. A phase has its
 * median in half of the loads; the logistic quantile makes its logarithm bell-shaped, so that most loads are
 * quick and a few are very slow, and none is negative.
 */
export function compileTimings(): (draws: Draws, kind: Device['kind']) => PageLoads {
  const tables = {
    desktop: mediansOf('desktop'),
    tablet: mediansOf('tablet'),
    smartphone: mediansOf('smartphone'),
  };
  return (draws, kind) => {
    const { medians } = tables[kind].at(draws.unit(purpose.connection));
    return (n) => {
      const ms = (phase: number): number => {
        const u = draws.unit(purpose.timing, n * 8 + phase);
        const factor = (u / (1 - u)) ** (spreads[phase] as number);
        return Math.round((medians[phase] as number) * Math.min(factor, longest));
      };
      return {
        network_ms: ms(0),
        server_ms: ms(1),
        transfer_ms: ms(2),
        dom_processing_ms: ms(3),
        dom_completion_ms: ms(4),
        on_load_ms: ms(5),
      };
    };
  };
}

function mediansOf(kind: Device['kind']): Weighted<{ readonly medians: Phases }> {
  const [processing, completion, on_load] = devices[kind];
  const entries = connections.map(({ shares, connecting_ms, trip_ms, transfer_ms, slower }) => ({
    share: shares[kind],
    medians: [
      connecting_ms,
      server_ms + trip_ms,
      transfer_ms,
      processing,
      completion * slower,
      on_load,
    ] as const,
  }));
  return new Weighted(entries, ({ share }) => share);
}
