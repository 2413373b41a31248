export const roles = ['viewer', 'operator'] as const;
export type Role = (typeof roles)[number];
export interface Key {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}
export interface Session {
  readonly key: Key;
  readonly expires_at: string;
}

export interface Access {
  /**
   * No two keys that are not revoked have one name.
   * `hash`: SHA-256 of the key in hex; keys have 256 random bits, so no slow hash is needed.
   */
  addKey(name: string, role: Role, hash: string): Promise<Key>;
  keys(): Promise<readonly Key[]>;
  /** Ends its sessions as well. */
  revokeKey(name: string): Promise<void>;
  /** A key that is not revoked. */
  keyByHash(hash: string): Promise<Key | null>;
  /** At most once a minute for each key. */
  touchKey(id: number, at: string): Promise<void>;
  addSession(hash: string, key_id: number, expires_at: string): Promise<void>;
  /** One that has not expired, of a key that is not revoked. */
  sessionByHash(hash: string, now: string): Promise<Session | null>;
  removeSession(hash: string): Promise<void>;
}
