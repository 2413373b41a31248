import { effect, signal } from '@preact/signals';
import type { BackfillJob, FleetStatus, LoaderLogLine } from '@trafficinator/contract/rest';
import { paced } from './paced.ts';
import { session } from './session.ts';

/** The page's one live connection. lost: since when, and the page tries again by itself. */
export type Connection =
  | { readonly state: 'connecting' | 'open' }
  | { readonly state: 'lost'; readonly since_ms: number };

export const connection = signal<Connection>({ state: 'connecting' });
export const status = signal<FleetStatus | null>(null);
/** When `status` came; old numbers look old. */
export const status_at_ms = signal(0);
export const backfills = signal<{ readonly runs: readonly BackfillJob[] } | null>(null);
/** Counts up whenever a run begins or ends: views that list runs look again. */
export const runs_changed = signal(0);

type LineListener = (line: LoaderLogLine | { readonly lost: number }) => void;
const lineListeners = new Set<LineListener>();

/** Log lines as they come; the returned function ends it. */
export function onLogLine(listener: LineListener): () => void {
  lineListeners.add(listener);
  return () => lineListeners.delete(listener);
}

/** Nobody reads more than ten numbers a second; what is drawn for them costs the same each time. */
const told = paced<{ readonly data: string; readonly at_ms: number }>(100, ({ data, at_ms }) => {
  status.value = JSON.parse(data) as FleetStatus;
  status_at_ms.value = at_ms;
});

let source: EventSource | null = null;

function connect(): void {
  source = new EventSource('/api/live');
  source.onopen = () => {
    connection.value = { state: 'open' };
  };
  source.onerror = () => {
    if (connection.value.state !== 'lost') {
      connection.value = { state: 'lost', since_ms: Date.now() };
    }
    // A browser gives up after an answer that is an error, e.g. while the service starts.
    if (source?.readyState === EventSource.CLOSED) setTimeout(reconnect, 2_000);
  };
  source.addEventListener('status', ({ data }) => {
    told({ data, at_ms: Date.now() });
  });
  source.addEventListener('backfill', ({ data }) => {
    backfills.value = JSON.parse(data);
  });
  source.addEventListener('run', () => {
    runs_changed.value += 1;
  });
  source.addEventListener('log', ({ data }) => {
    const line = JSON.parse(data);
    for (const listener of lineListeners) listener(line);
  });
}

function reconnect(): void {
  source?.close();
  source = null;
  if (session.value.state === 'in') connect();
}

/** Connects whenever somebody is signed in. */
export function keepConnected(): void {
  effect(() => {
    const { state } = session.value;
    if (state === 'in' && source === null) connect();
    if (state !== 'in') {
      source?.close();
      source = null;
    }
  });
}
