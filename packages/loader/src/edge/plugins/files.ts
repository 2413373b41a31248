import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A plugin is a module that stands in the directory itself; tests and declarations are none. */
const isPlugin = (name: string): boolean =>
  /\.(mjs|js|mts|ts)$/.test(name) && !/\.(test|spec|d)\.\w+$/.test(name) && !name.startsWith('.');

/** What the directory of plugins holds. */
export interface PluginFiles {
  /** Paths of the plugins, by name. */
  readonly plugins: readonly string[];
  /** Of all files in the directory and below, since a plugin may import them; without node_modules. */
  readonly digest: string;
}

/** Lists the plugins of a directory. Throws Node's error when it cannot be read. */
export function pluginFiles(directory: string): PluginFiles {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ parentPath, name }) => ({ path: join(parentPath, name), name, parentPath }))
    .filter(
      ({ path }) => !/(^|[/\\])(node_modules|\.git)([/\\]|$)/.test(path.slice(directory.length)),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash('sha256');
  for (const { path } of entries) {
    hash
      .update(`${path.slice(directory.length)}\n`)
      .update(readFileSync(path))
      .update('\n');
  }
  const top = join(directory, '.');
  return {
    plugins: entries
      .filter(({ parentPath, name }) => join(parentPath, '.') === top && isPlugin(name))
      .map(({ path }) => path),
    digest: hash.digest('hex').slice(0, 16),
  };
}
