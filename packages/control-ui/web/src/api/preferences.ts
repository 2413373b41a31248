import { computed, effect, signal } from '@preact/signals';
import { ask, Problem } from './client.ts';
import { connection } from './live.ts';
import { session } from './session.ts';

type Values = Readonly<Record<string, unknown>>;
interface Kept {
  readonly values: Values;
  /** Names that were chosen here and that the service has not taken yet. */
  readonly unsent: readonly string[];
}

const place = 'preferences';
/** Choices that follow each other closely are sent together. */
const gathered_ms = 400;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inBrowser(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    if (!isObject(kept) || !isObject(kept.values) || !Array.isArray(kept.unsent)) throw new Error();
    return { values: kept.values, unsent: kept.unsent.filter((name) => typeof name === 'string') };
  } catch {
    return { values: {}, unsent: [] };
  }
}

const kept = signal<Kept>(inBrowser());
let version = 0;

function keep(next: Kept): void {
  kept.value = next;
  try {
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    // Private windows may not keep anything.
  }
}

/** A choice that is remembered: in this browser at once, and at the service for the key. */
export interface Preference<T> {
  readonly value: T;
  readonly set: (value: T) => void;
}

/** The choice of this name; `read` turns down what is none of it (null), as another version may have left it. */
export function preference<T>(
  name: string,
  read: (value: unknown) => T | null,
  otherwise: T,
): Preference<T> {
  const chosen = computed(() => read(kept.value.values[name]) ?? otherwise);
  return {
    get value() {
      return chosen.value;
    },
    set(value) {
      const { values, unsent } = kept.peek();
      if (JSON.stringify(values[name]) === JSON.stringify(value)) return;
      keep({ values: { ...values, [name]: value }, unsent: [...new Set([...unsent, name])] });
      sendSoon();
    },
  };
}

/** One of these texts. */
export const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (value: unknown): T | null =>
    allowed.find((each) => each === value) ?? null;

/** A list of texts. */
export const texts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;

let waiting: ReturnType<typeof setTimeout> | null = null;

function sendSoon(): void {
  if (waiting !== null || session.peek().state !== 'in') return;
  waiting = setTimeout(() => {
    waiting = null;
    void send();
  }, gathered_ms);
}

/** What the key has counts, but for what was chosen here and is not sent yet. */
async function fetchKept(): Promise<void> {
  const { value } = await ask<{ values: Values; version: number }>('GET', '/api/preferences');
  version = value.version;
  const { values, unsent } = kept.peek();
  const missing = Object.keys(values).filter((name) => !Object.hasOwn(value.values, name));
  const mine = [...new Set([...unsent, ...missing])];
  const own = Object.fromEntries(mine.map((name) => [name, values[name]]));
  keep({ values: { ...value.values, ...own }, unsent: mine });
}

async function send(): Promise<void> {
  const { values, unsent } = kept.peek();
  if (unsent.length === 0 || session.peek().state !== 'in') return;
  try {
    const { value } = await ask<{ version: number }>('PUT', '/api/preferences', {
      body: { values },
      if_match: `"${version}"`,
    });
    version = value.version;
    const now = kept.peek();
    // What was chosen while it was sent is sent next.
    const left = now.unsent.filter(
      (name) => !unsent.includes(name) || now.values[name] !== values[name],
    );
    keep({ ...now, unsent: left });
    if (left.length > 0) sendSoon();
  } catch (error) {
    if (!(error instanceof Problem) || error.details.status !== 412) return;
    // Another browser with this key was faster.
    await look();
  }
}

async function look(): Promise<void> {
  try {
    await fetchKept();
    sendSoon();
  } catch {
    // They stay in this browser, and are asked for when the connection is back.
  }
}

/** Keeps this browser and the key in step: at sign-in, and whenever the connection is back. */
export function keepPreferences(): void {
  effect(() => {
    if (session.value.state === 'in' && connection.value.state === 'open') void look();
  });
}
