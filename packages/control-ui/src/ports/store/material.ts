import type { Kept, Page, PageQuery } from './kept.ts';

export interface Preset extends Kept {
  readonly name: string;
  readonly description: string;
  /** Values by setting name. Secrets are never kept unless `with_secrets`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly with_secrets: boolean;
}
export interface StoredFunnel extends Kept {
  readonly name: string;
  readonly enabled: boolean;
  readonly priority: number;
  /** The whole funnel in the file format, `enabled` and `priority` included. */
  readonly funnel: Readonly<Record<string, unknown>>;
}

/** For rows that are older than this database: UTC, `2026-05-01T12:00:00.000Z`. */
export interface KeptTimes {
  readonly created_at: string;
  readonly updated_at: string;
}

/** A table of named rows. `version` null: whatever it is. */
export interface Rows<T extends Kept> {
  list(query: PageQuery): Promise<Page<T>>;
  /** All, in the order in which loaders use them. */
  all(): Promise<readonly T[]>;
  get(id: number): Promise<T | null>;
  byName(name: string): Promise<T | null>;
  /** `times` null: now. */
  create(row: Omit<T, keyof Kept>, times?: KeptTimes | null): Promise<T>;
  update(id: number, row: Omit<T, keyof Kept>, version: number | null): Promise<T>;
  remove(id: number, version: number | null): Promise<void>;
}

/** Files that loaders read, one of each kind. */
export const documentKinds = ['urls', 'events', 'journeys', 'campaigns', 'targets'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export interface Document {
  readonly kind: DocumentKind;
  readonly content: string;
  readonly version: number;
  readonly updated_at: string;
}

export interface Documents {
  /** null: there is none, the built-in one applies. */
  get(kind: DocumentKind): Promise<Document | null>;
  put(kind: DocumentKind, content: string, version: number | null): Promise<Document>;
  clear(kind: DocumentKind, version: number | null): Promise<void>;
}

/**
 * The settings that loaders are started with. Secrets are sealed apart, and are here as they were given. A token
 * is sealed for its address: whoever changes the address in the file of the database does not get the token.
 */
export interface KeptSettings {
  readonly values: Readonly<Record<string, unknown>>;
  /** Name of the preset that they came from, or null. */
  readonly preset: string | null;
  readonly version: number;
  readonly updated_at: string;
}

export interface SettingsStore {
  get(): Promise<KeptSettings>;
  put(
    values: Readonly<Record<string, unknown>>,
    preset: string | null,
    version: number | null,
  ): Promise<KeptSettings>;
}
