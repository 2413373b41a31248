import { forgetSecrets, rotateSecret as rotate } from '../adapters/sqlite/rotate.ts';
import { keyFileOf } from '../adapters/sqlite/seal.ts';
import { needData, type Say } from './data.ts';

export interface RotateOptions {
  /** The old key is lost: what it sealed is removed. */
  readonly forget: boolean;
  readonly data_dir: string;
  /** SECRET_KEY until now; null: the key file. */
  readonly secret_key: string | null;
  /** SECRET_KEY from now on; null: the key file, with a new key. */
  readonly next: string | null;
}

/** Seals everything with another key. The service must be stopped; if it runs, this is refused. */
export function rotateSecret(options: RotateOptions, say: Say): void {
  const { data_dir, secret_key, next, forget } = options;
  needData(data_dir);
  if (forget) {
    const secrets = forgetSecrets(data_dir, next);
    say(
      `${secrets === 1 ? '1 secret is' : `${secrets} secrets are`} removed; the service has a new key.`,
    );
    return say('Enter the tokens again: in the settings, and in presets that kept theirs.');
  }
  const { secrets, new_key_id } = rotate(data_dir, secret_key, next);
  const what = secrets === 1 ? '1 secret is' : `${secrets} secrets are`;
  say(`${what} sealed with the new key (${new_key_id}).`);
  const file = keyFileOf(data_dir);
  if (next !== null) {
    say('Start the service with the new SECRET_KEY.');
    if (secret_key === null) say(`${file} is needed for older backups only.`);
  } else if (secret_key !== null) {
    say(`The new key is in ${file}. Start the service without SECRET_KEY.`);
  } else {
    say(`The new key is in ${file}. Backups from before need the old one.`);
  }
}
