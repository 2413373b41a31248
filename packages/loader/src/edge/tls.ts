import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Failure } from './failure.ts';

/** PEM text of the authorities to trust: the usual ones and the one in the file; null for the usual alone. */
export function readAuthority(path: string | null): string | null {
  if (path === null) return null;
  const pem = readPem(path);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw unusable(path, 'holds no PEM certificate');
  }
  return [...rootCertificates, pem].join('\n');
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

const unusable = (path: string, why: string): Failure =>
  Failure.of('tls_ca_unusable', {
    message: `The certificate authority file ${path} ${why}.`,
    remedy: 'Correct TLS_CA_FILE: a PEM file that begins with -----BEGIN CERTIFICATE-----.',
    fields: ['tls_ca_file'],
    value: path,
  });
