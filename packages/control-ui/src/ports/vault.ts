/** Encrypts what is secret, for keeping. */
export interface Vault {
  /** `context` says what it is for (`target 3 token`): the sealed text opens for the same context only. */
  seal(plain: string, context: string): string;
  /** @throws VaultError when the key is another one or the text was changed. */
  open(sealed: string, context: string): string;
}

/** A sealed text cannot be opened. Never holds the text. */
export class VaultError extends Error {}
