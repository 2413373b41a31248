import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { readAuthority } from './tls.ts';

const directory = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the certificate authority', () => {
  it('is the usual ones, and the one of the file besides', () => {
    const own = rootCertificates[0] as string;
    const path = join(directory, 'ca.pem');
    writeFileSync(path, `A comment\n${own}`);
    const pem = readAuthority(path) ?? '';
    expect(pem.endsWith(own)).toBe(true);
    expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(rootCertificates.length + 1);
    expect(readAuthority(null)).toBeNull();
  });

  it.each([
    ['missing.pem', null, 'cannot be read (ENOENT)'],
    ['key.pem', '-----BEGIN PRIVATE KEY-----', 'holds no PEM certificate'],
    ['empty.pem', '', 'holds no PEM certificate'],
  ])('of %s fails with a sentence', (name, text, why) => {
    const path = join(directory, name);
    if (text !== null) writeFileSync(path, text);
    const fails = () => readAuthority(path);
    expect(fails).toThrow(Failure);
    expect(fails).toThrow(`The certificate authority file ${path} ${why}.`);
  });
});
