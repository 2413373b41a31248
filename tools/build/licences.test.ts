import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { licenceText } from './licences.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trafficinator-licences-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(folder: string, manifest: object, licence?: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
  if (licence !== undefined) writeFileSync(join(root, folder, 'LICENSE.md'), licence);
}

it('names each package once, with its licence text, and leaves our own files out', () => {
  const nested = 'node_modules/.pnpm/b@2/node_modules/@x/b';
  install('node_modules/a', { name: 'a', version: '1.0.0', license: 'MIT' }, 'Text of a\n');
  install(nested, { name: '@x/b', version: '2.0.0', license: 'ISC' });
  const inputs = [
    'node_modules/a/index.js',
    'node_modules/a/lib/c.js',
    `${nested}/b.js`,
    'src/own.ts',
  ];
  const text = licenceText(root, inputs);
  expect(text.match(/^\S+ \d.*\)$/gm)).toEqual(['@x/b 2.0.0 (ISC)', 'a 1.0.0 (MIT)']);
  expect(text).toContain('a 1.0.0 (MIT)\n\nText of a\n');
});

it('reads the older list of licences', () => {
  const licenses = [{ type: 'MIT', url: 'https://a.example/licence' }, { type: 'BSD-3-Clause' }];
  install('node_modules/a', { name: 'a', version: '1.0.0', licenses });
  expect(licenceText(root, ['node_modules/a/index.js'])).toContain('a 1.0.0 (MIT OR BSD-3-Clause)');
});

it('refuses a package that names no licence', () => {
  install('node_modules/a', { name: 'a', version: '1.0.0' });
  expect(() => licenceText(root, ['node_modules/a/index.js'])).toThrow('names no licence');
  install('node_modules/a', { name: 'a', version: '1.0.0', licenses: [] });
  expect(() => licenceText(root, ['node_modules/a/index.js'])).toThrow('names no licence');
});
