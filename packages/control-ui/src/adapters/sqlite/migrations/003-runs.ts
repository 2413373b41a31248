/** What was done: runs with their time series. */
export const runs = `
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT,
    instances TEXT NOT NULL CHECK (json_valid(instances)),
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    ending TEXT,
    reason TEXT,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    preset TEXT,
    result TEXT CHECK (result IS NULL OR json_valid(result)),
    -- Width of the stored points of its series.
    bucket_seconds INTEGER NOT NULL DEFAULT 10
  ) STRICT;
  CREATE INDEX runs_kind ON runs (kind, seq);
  CREATE INDEX runs_open ON runs (seq) WHERE ending IS NULL;

  CREATE TABLE points (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    at_seconds INTEGER NOT NULL,
    seconds REAL NOT NULL,
    visits INTEGER NOT NULL,
    planned_visits REAL NOT NULL,
    accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    in_flight INTEGER NOT NULL,
    p50_ms REAL,
    p95_ms REAL,
    p99_ms REAL,
    lateness_p95_ms REAL,
    PRIMARY KEY (run, at_seconds)
  ) STRICT, WITHOUT ROWID;
`;
