import type { Preferences as Store } from '../ports/store/requests.ts';
import { Refusal } from '../refusal.ts';

type Values = Record<string, unknown>;
const longest_bytes = 64 * 1024;

/** What a page remembers for whoever has a key. */
export class Preferences {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async get(key_id: number): Promise<{ readonly values: Values; readonly version: number }> {
    const { values, version } = await this.#store.get(key_id);
    return { values: isValues(values) ? values : {}, version };
  }

  async put(
    key_id: number,
    values: Values,
    version: number | null,
  ): Promise<{ readonly values: Values; readonly version: number }> {
    if (!fitsPreferences(values)) {
      throw new Refusal('request_too_large', {
        message: `Preferences may have ${longest_bytes / 1024} KiB as JSON.`,
        remedy: 'Keep less.',
      });
    }
    return { values, ...(await this.#store.put(key_id, values, version)) };
  }
}

/** Whether they are small enough to be kept. */
export const fitsPreferences = (values: Values): boolean =>
  Buffer.byteLength(JSON.stringify(values)) <= longest_bytes;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
