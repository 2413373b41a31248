import { integer, number } from './define.ts';

/** How hits are sent. */
export const delivery = {
  request_timeout_seconds: number({
    label: 'Request timeout',
    help: 'Longest wait for an answer, from the moment the request is sent. A hit without an answer by then is counted as unknown.',
    unit: 'seconds',
    default: 30,
    min: 0.05,
    max: 600,
  }),
  connect_timeout_seconds: number({
    label: 'Connect timeout',
    help: 'Longest wait for a connection.',
    unit: 'seconds',
    default: 10,
    min: 0.05,
    max: 600,
  }),
  max_retries: integer({
    label: 'Retries',
    help: 'How often a hit that was surely not recorded (no connection, 429, 503) is sent again, with back-off and jitter.',
    unit: 'retries',
    default: 3,
    min: 0,
    max: 20,
  }),
  max_connections: integer({
    label: 'Connections',
    help: 'Most connections to Matomo that are open at the same time; never more than CONCURRENCY.',
    unit: 'connections',
    default: 64,
    min: 1,
    max: 10_000,
  }),
  max_lateness_seconds: number({
    label: 'Tolerated lateness',
    help: 'How long a visit may wait for a free slot before it is counted as dropped.',
    unit: 'seconds',
    default: 5,
    min: 0,
    max: 600,
  }),
  drain_seconds: number({
    label: 'Drain',
    help: 'After a stop signal running visits get this long to finish; what is left then is counted as dropped.',
    unit: 'seconds',
    default: 30,
    min: 0,
    max: 86_400,
  }),
};
