import { StoreError } from '../ports/store/kept.ts';
import type { Store } from '../ports/store/store.ts';
import { MemoryAccess } from './memory/access.ts';
import {
  MemoryDocuments,
  MemorySettings,
  memoryFunnels,
  memoryPresets,
} from './memory/material.ts';
import { MemoryAudit, MemoryIdempotency, MemoryPreferences } from './memory/requests.ts';
import { MemoryRuns } from './memory/runs.ts';

/** A store in memory, as a database would answer; `now` gives the times, UTC in ISO format. */
export function memoryStore(now: () => string): Store {
  return {
    presets: memoryPresets(now),
    funnels: memoryFunnels(now),
    documents: new MemoryDocuments(now),
    settings: new MemorySettings(now),
    runs: new MemoryRuns(),
    access: new MemoryAccess(now),
    audit: new MemoryAudit(),
    idempotency: new MemoryIdempotency(),
    preferences: new MemoryPreferences(),
    check: async () => ({ ok: true, reason: 'in memory' }),
    backup: async () => {
      throw new StoreError('store_unusable', 'A store in memory has no copies.');
    },
    close: async () => {},
  };
}
