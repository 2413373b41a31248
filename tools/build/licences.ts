import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of the packages that a bundle's input files come from: for each its name, version and
 * licence, then the text of its licence files. Throws when a package names no licence at all.
 */
export function licenceText(root: string, inputs: readonly string[]): string {
  const folders = new Set(
    inputs
      .filter((file) => file.includes('node_modules/'))
      .map((file) => packageFolder(root, file)),
  );
  return [...folders]
    .map(entryOf)
    .sort()
    .join(`\n${'-'.repeat(78)}\n\n`);
}

/** The folder below the last `node_modules/`, one deeper for a scoped name. */
function packageFolder(root: string, file: string): string {
  const mark = file.lastIndexOf('node_modules/') + 'node_modules/'.length;
  const [first = '', second = ''] = file.slice(mark).split('/');
  return join(root, file.slice(0, mark), first.startsWith('@') ? join(first, second) : first);
}

function entryOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version }: Record<string, unknown> = manifest;
  const license = licenceOf(manifest);
  if (license === null) throw new Error(`${folder}/package.json names no licence.`);
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
}

/** The licence that a manifest names, also in npm's old spelling: a list of `{ type }`. */
function licenceOf({ license, licenses }: Record<string, unknown>): string | null {
  if (typeof license === 'string') return license;
  if (!Array.isArray(licenses)) return null;
  const types = licenses.flatMap(({ type }: { type?: unknown }) =>
    typeof type === 'string' ? [type] : [],
  );
  return types.length === 0 ? null : types.join(' OR ');
}
