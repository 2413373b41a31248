/** What loaders are started with. */
export const material = `
  CREATE TABLE presets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    with_secrets INTEGER NOT NULL CHECK (with_secrets IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER presets_removed AFTER DELETE ON presets BEGIN
    DELETE FROM secrets WHERE owner = 'preset ' || old.id;
  END;

  -- Name, order and switch are read from the funnel itself, so they cannot contradict it.
  CREATE TABLE funnels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content TEXT NOT NULL CHECK (json_valid(content)),
    name TEXT NOT NULL GENERATED ALWAYS AS (json_extract(content, '$.name')) STORED,
    enabled INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(content, '$.enabled')) STORED,
    priority INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(content, '$.priority')) STORED,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX funnels_name ON funnels (name);

  -- A document that was cleared keeps its row without content: its versions never begin anew.
  CREATE TABLE documents (
    kind TEXT PRIMARY KEY,
    content TEXT,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    content TEXT NOT NULL CHECK (json_valid(content)),
    preset TEXT,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  INSERT INTO settings VALUES (1, '{}', NULL, 1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
`;
