import { setTimeout as pause } from 'node:timers/promises';

const between_ms = 200;

/**
 * Asks again and again until there is an answer other than null, and gives it. An answer that throws
 * counts as none: a server that is starting refuses connections. Throws when time is up, with what it
 * saw last.
 */
export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | null>,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last = 'nothing';
  while (performance.now() < end) {
    try {
      const answer = await probe();
      if (answer !== null) return answer;
      last = 'not yet';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await pause(between_ms);
  }
  throw new Error(`Waited ${seconds} s in vain until ${what} (last: ${last}).`);
}
