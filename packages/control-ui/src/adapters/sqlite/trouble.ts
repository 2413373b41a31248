import { VaultError } from '../../ports/vault.ts';

/** What the codes of SQLite and of the system mean for a person, after the name of the file. */
const meanings: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'cannot be written: the disk or the quota is full',
  SQLITE_IOERR_WRITE: 'cannot be written: the disk is full, over its quota or broken',
  SQLITE_READONLY: 'cannot be written: it is read-only',
  SQLITE_CANTOPEN: 'cannot be opened or made',
  SQLITE_NOTADB: 'is damaged: it is no SQLite database',
  SQLITE_CORRUPT: 'is damaged: it is cut off or overwritten',
  SQLITE_BUSY: 'is busy: another process is writing',
  EACCES: 'may not be opened or made',
  EROFS: 'cannot be written: the file system is read-only',
  ENOSPC: 'cannot be written: the disk is full',
};

/** What went wrong with the database, as the rest of a sentence; null: it is no trouble of the database. */
export function troubleOf(error: unknown): string | null {
  if (error instanceof VaultError) return `holds a secret that cannot be opened. ${error.message}`;
  if (!(error instanceof Error)) return null;
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string' || !/^(SQLITE_|E[A-Z]+$)/.test(code)) return null;
  const known = Object.entries(meanings).find(([name]) => code === name);
  const family = Object.entries(meanings).find(([name]) => code.startsWith(`${name}_`));
  return `${(known ?? family)?.[1] ?? `cannot be used: ${error.message}`} (${code})`;
}

/** A row with this name is there already. */
export const isNameTaken = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === 'SQLITE_CONSTRAINT_UNIQUE';
