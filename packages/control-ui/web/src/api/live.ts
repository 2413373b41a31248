import { effect, signal } from '@preact/signals';
import type { BackfillJob, FleetStatus, LoaderLogLine } from '@trafficinator/contract/rest';
import { ask, Problem } from './client.ts';
import { paced } from './paced.ts';
import { session, standing } from './session.ts';

/** The page's one live connection. lost: since when, and when it is tried again; null: just now. */
export type Connection =
  | { readonly state: 'connecting' | 'open' }
  | { readonly state: 'lost'; readonly since_ms: number; readonly next_ms: number | null };

export const connection = signal<Connection>({ state: 'connecting' });
/** For how long it was lost, once it is back; null: that was said. */
export const away_ms = signal<number | null>(null);
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

/** Waits between tries; the last one from then on. */
const waits_ms = [1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** So long “back” is said. */
const said_ms = 8_000;
/** A service that is there says something every few seconds; after such a silence it is asked whether it is. */
const silence_ms = 15_000;

/** Nobody reads more than ten numbers a second; what is drawn for them costs the same each time. */
const told = paced<{ readonly data: string; readonly at_ms: number }>(100, ({ data, at_ms }) => {
  status.value = JSON.parse(data) as FleetStatus;
  status_at_ms.value = at_ms;
});

let source: EventSource | null = null;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | null = null;
let watch: ReturnType<typeof setTimeout> | null = null;
/** What the service counted last: it sends what was missed after it. */
let lastId = '';

function connect(): void {
  disconnect();
  const made = new EventSource(lastId === '' ? '/api/live' : `/api/live?after=${lastId}`);
  source = made;
  made.onopen = () => {
    const before = connection.peek();
    if (before.state === 'lost') sayBack(Date.now() - before.since_ms);
    connection.value = { state: 'open' };
    tries = 0;
    heard();
  };
  made.onerror = lose;
  on(made, 'status', (data) => {
    told({ data, at_ms: Date.now() });
  });
  on(made, 'backfill', (data) => {
    backfills.value = JSON.parse(data);
  });
  on(made, 'run', () => {
    runs_changed.value += 1;
  });
  on(made, 'log', (data) => {
    const line: LoaderLogLine = JSON.parse(data);
    for (const listener of lineListeners) listener(line);
  });
}

function on(made: EventSource, topic: string, take: (data: string) => void): void {
  made.addEventListener(topic, ({ data, lastEventId }) => {
    lastId = lastEventId;
    heard();
    take(data);
  });
}

function heard(): void {
  if (watch !== null) clearTimeout(watch);
  watch = setTimeout(() => void askWhetherThere(), silence_ms);
}

async function askWhetherThere(): Promise<void> {
  try {
    await ask('GET', '/api/session', { signal: AbortSignal.timeout(silence_ms) });
    heard();
  } catch {
    lose();
  }
}

function disconnect(): void {
  source?.close();
  source = null;
  for (const each of [timer, watch]) if (each !== null) clearTimeout(each);
  timer = null;
  watch = null;
}

function sayBack(after_ms: number): void {
  away_ms.value = after_ms;
  setTimeout(() => {
    away_ms.value = null;
  }, said_ms);
}

function lose(): void {
  disconnect();
  const before = connection.peek();
  const wait_ms = waits_ms[Math.min(tries, waits_ms.length - 1)] ?? 0;
  tries += 1;
  const since_ms = before.state === 'lost' ? before.since_ms : Date.now();
  connection.value = { state: 'lost', since_ms, next_ms: Date.now() + wait_ms };
  timer = setTimeout(() => void tryNow(), wait_ms);
}

/** Tries the lost connection now. A session that has ended looks like a lost connection: that is asked first. */
export async function tryNow(): Promise<void> {
  const before = connection.peek();
  if (before.state !== 'lost' || before.next_ms === null) return;
  if (timer !== null) clearTimeout(timer);
  timer = null;
  connection.value = { ...before, next_ms: null };
  try {
    await ask('GET', '/api/session');
  } catch (error) {
    const answered = error instanceof Problem ? error.details.status : 0;
    if (answered === 0) return lose();
    // Whoever enters the key is connected again.
    if (answered === 401) return;
  }
  if (session.peek().state === 'in' && source === null) connect();
}

/** Connects whenever somebody is signed in. */
export function keepConnected(): void {
  effect(() => {
    const isIn = session.value.state === 'in' && standing.value === 'good';
    if (isIn && source === null && timer === null) connect();
    if (!isIn && session.value.state !== 'in') {
      disconnect();
      connection.value = { state: 'connecting' };
    }
  });
  addEventListener('online', () => void tryNow());
}
