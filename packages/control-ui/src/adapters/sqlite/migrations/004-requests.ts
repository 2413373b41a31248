/** What was asked of the service: who did what, and answers that can be given again. */
export const requests = `
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    detail TEXT NOT NULL CHECK (json_valid(detail))
  ) STRICT;

  CREATE TABLE replays (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    -- null: under way. The answer's body may show a new key once, so it is kept sealed.
    status INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX replays_begun ON replays (begun_at);
  CREATE TRIGGER replays_removed AFTER DELETE ON replays BEGIN
    DELETE FROM secrets WHERE owner = 'replay ' || old.key;
  END;
`;
