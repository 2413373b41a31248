/** The service itself, what it keeps sealed, and who may use it. */
export const access = `
  CREATE TABLE service (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Of the key that everything in \`secrets\` is sealed with; null until there is one.
    key_id TEXT,
    -- For a key that is made from a passphrase.
    salt BLOB,
    checked_at TEXT
  ) STRICT;
  INSERT INTO service (id) VALUES (1);

  -- Everything secret, sealed, is in this one table.
  CREATE TABLE secrets (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    context TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (owner, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator')),
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT,
    revoked_at TEXT
  ) STRICT;
  -- What a revoked key had can be had again.
  CREATE UNIQUE INDEX keys_name ON keys (name) WHERE revoked_at IS NULL;
  CREATE UNIQUE INDEX keys_hash ON keys (hash) WHERE revoked_at IS NULL;

  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    key_id INTEGER NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    expires_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_key ON sessions (key_id);

  CREATE TABLE preferences (
    key_id INTEGER PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    content TEXT NOT NULL CHECK (json_valid(content)),
    version INTEGER NOT NULL
  ) STRICT;
`;
