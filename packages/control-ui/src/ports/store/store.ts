import type { Access } from './access.ts';
import type { Audit } from './audit.ts';
import type { Documents, Preset, Rows, SettingsStore, StoredFunnel } from './material.ts';
import type { Idempotency, Preferences } from './requests.ts';
import type { Runs } from './runs.ts';

/** All that the service keeps. */
export interface Store {
  readonly presets: Rows<Preset>;
  readonly funnels: Rows<StoredFunnel>;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly runs: Runs;
  readonly access: Access;
  readonly audit: Audit;
  readonly idempotency: Idempotency;
  readonly preferences: Preferences;
  /** Answers within 2 s whether reads and writes work; never throws. */
  check(): Promise<{ readonly ok: boolean; readonly reason: string }>;
  /** A consistent copy (VACUUM INTO) at a path that must not exist. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
