/**
 * Writes the texts that follow from the list of settings: the tables in README.md, the
 * `environment:` block in docker-compose.yml, .env.example, and the types for authors of plugins. With --check it writes nothing and
 * exits 1 when one of them is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Markers, withBlock } from './texts/block.ts';
import { composeEnvironment, composeMarkers } from './texts/compose.ts';
import { envExample } from './texts/env-example.ts';
import { pluginInterfaceFile, pluginTypes, pluginTypesFile } from './texts/plugin-types.ts';
import { readmeMarkers, readmeTables } from './texts/readme.ts';

const root = join(import.meta.dirname, '../..');
const current = (file: string): string | null =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : null;

function filled(file: string, markers: Markers, lines: readonly string[]): string {
  const text = current(file);
  if (text === null) throw new Error(`${file} does not exist.`);
  try {
    return withBlock(text, markers, lines);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: ${reason} The generated part goes between them.`);
  }
}

function generate(): Map<string, string> {
  return new Map([
    ['README.md', filled('README.md', readmeMarkers, readmeTables())],
    ['docker-compose.yml', filled('docker-compose.yml', composeMarkers, composeEnvironment())],
    ['.env.example', envExample()],
    [pluginTypesFile, pluginTypes(current(pluginInterfaceFile) ?? '')],
  ]);
}

function main(checking: boolean): number {
  let files: Map<string, string>;
  try {
    files = generate();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const stale = [...files].filter(([file, text]) => current(file) !== text);
  if (checking) {
    for (const [file] of stale) {
      process.stderr.write(`${file} is stale. Refresh it with: npx -y pnpm@12 gen\n`);
    }
    return stale.length > 0 ? 1 : 0;
  }
  for (const [file, text] of stale) {
    writeFileSync(join(root, file), text);
    process.stdout.write(`${file} written\n`);
  }
  return 0;
}

process.exitCode = main(process.argv.includes('--check'));
