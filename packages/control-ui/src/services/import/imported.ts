/** What became of one thing that was to be imported. */
export interface Imported {
  readonly kind: 'preset' | 'funnel' | 'urls' | 'events';
  readonly name: string;
  /** kept_already: it is here as it is there, from an earlier import. */
  readonly outcome: 'imported' | 'kept_already' | 'refused';
  /** Its name here; null when it was refused. */
  readonly as: string | null;
  /** What did not come with it, or why it was refused: sentences without secrets. */
  readonly notes: readonly string[];
}

/** The predecessor's times are UTC without saying so. null: it is no time. */
function utcOf(text: string | null): string | null {
  if (text === null) return null;
  const plain = text.trim().replace(' ', 'T');
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(plain) ? plain : `${plain}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Both times, or null when one is missing: then the row is as old as its import. */
export function timesOf(row: {
  readonly created_at: string | null;
  readonly updated_at: string | null;
}) {
  const [created_at, updated_at] = [utcOf(row.created_at), utcOf(row.updated_at)];
  return created_at === null || updated_at === null ? null : { created_at, updated_at };
}
