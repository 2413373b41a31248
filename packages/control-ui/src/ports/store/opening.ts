export type OpeningProblem =
  /** Another service, or a command that must be alone, holds the data directory. */
  | 'data_in_use'
  /** A newer version of the program made it. */
  | 'data_too_new'
  /** It is no data directory of ours, is damaged, or may not be written. */
  | 'data_unusable'
  /** What is sealed there was sealed with another key. */
  | 'secret_key_wrong'
  /** The key file is gone, although there is something sealed with it. */
  | 'secret_key_missing'
  /** It is neither 32 bytes nor a passphrase that is long enough. */
  | 'secret_key_unusable';

/** The data cannot be opened; nothing in it was changed. Never holds a secret. */
export class OpeningError extends Error {
  readonly code: OpeningProblem;
  /** What to do: one sentence. */
  readonly remedy: string;

  constructor(code: OpeningProblem, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
