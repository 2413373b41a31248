import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type Vault, VaultError } from '../../ports/vault.ts';

const algorithm = 'aes-256-gcm';
const format = 'v1';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with a random 96-bit nonce for each text (NIST SP 800-38D, 8.2.2: good for 2^32 texts with one
 * key) and the context as additional data. A sealed text is `v1.<key id>.<base64url of nonce, text, tag>`.
 */
export class AesVault implements Vault {
  /** Names the key without telling it: 16 hexadecimal digits of a hash. */
  readonly key_id: string;
  readonly #key: Uint8Array;

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== keyBytes) throw new VaultError(`A key has ${keyBytes} bytes.`);
    this.#key = Uint8Array.from(key);
    this.key_id = createHash('sha256').update('key id\n').update(key).digest('hex').slice(0, 16);
  }

  seal(plain: string, context: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(additional(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const packed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
    return `${format}.${this.key_id}.${packed.toString('base64url')}`;
  }

  open(sealed: string, context: string): string {
    const [version, key_id, text, ...rest] = sealed.split('.');
    if (version !== format || key_id === undefined || text === undefined || rest.length > 0) {
      throw new VaultError('This is no sealed text that this version knows.');
    }
    if (key_id !== this.key_id) {
      throw new VaultError(`It was sealed with the key ${key_id}; the key at hand is another one.`);
    }
    const packed = Buffer.from(text, 'base64url');
    if (packed.length < nonceBytes + tagBytes) throw changed();
    const nonce = packed.subarray(0, nonceBytes);
    const decipher = createDecipheriv(algorithm, this.#key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(additional(context));
    decipher.setAuthTag(packed.subarray(-tagBytes));
    try {
      const body = decipher.update(packed.subarray(nonceBytes, -tagBytes));
      return Buffer.concat([body, decipher.final()]).toString('utf8');
    } catch {
      throw changed();
    }
  }
}

const additional = (context: string): Buffer => Buffer.from(`${format}\n${context}`, 'utf8');

const changed = (): VaultError =>
  new VaultError('The sealed text was changed, or belongs somewhere else.');
