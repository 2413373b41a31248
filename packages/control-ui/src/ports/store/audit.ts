import type { Page, PageQuery } from './kept.ts';

export interface AuditEntry {
  readonly at: string;
  /** Name of the key; `-` before authentication. */
  readonly actor: string;
  readonly address: string;
  /** `loader.start`, `preset.update`, `auth.refused` … */
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: 'done' | 'refused' | 'failed';
  /** No secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
}
/** The last 100,000 entries are kept. */
export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  list(query: PageQuery): Promise<Page<AuditEntry & { readonly id: number }>>;
}
