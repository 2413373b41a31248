import type { Store } from '../ports/store/store.ts';
import { dataFolder } from './data-folder.ts';
import { roomsIn } from './open-rooms.ts';
import { promised } from './promised.ts';

/** A store in a file of its own that goes with the test, without a thread between. */
export function sqliteStore(): Store {
  const rooms = roomsIn(dataFolder());
  return {
    presets: promised(rooms.presets),
    funnels: promised(rooms.funnels),
    documents: promised(rooms.documents),
    settings: promised(rooms.settings),
    runs: promised(rooms.runs),
    access: promised(rooms.access),
    audit: promised(rooms.audit),
    idempotency: promised(rooms.idempotency),
    preferences: promised(rooms.preferences),
    check: async () => ({ ok: true, reason: 'a file' }),
    backup: async () => {},
    close: async () => {},
  };
}
