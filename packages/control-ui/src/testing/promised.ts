import type { Sync } from '../adapters/sqlite/protocol.ts';

/** A room without its thread, as a port with promises. */
export function promised<T extends object>(room: Sync<T>): T {
  return new Proxy(room, {
    get:
      (target, name) =>
      async (...args: unknown[]) =>
        (target as Record<PropertyKey, (...given: unknown[]) => unknown>)[name]?.(...args),
  }) as unknown as T;
}
