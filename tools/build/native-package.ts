import { cpSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Packages that a bundle cannot hold: they load a compiled library from their own folder. */
export const nativePackages = ['better-sqlite3'] as const;

/** What such a package needs at run time; the rest is its C sources and its tests. */
const runtimeFiles = ['package.json', 'LICENSE', 'lib'];

/**
 * Copies a native package, as `user` finds it, to `<out>/node_modules/<name>`, with the compiled
 * libraries of this processor only. Throws when the package carries none for it.
 */
export function copyNativePackage(name: string, user: string, out: string): void {
  const from = dirname(createRequire(join(user, 'package.json')).resolve(`${name}/package.json`));
  const to = join(out, 'node_modules', name);
  for (const file of runtimeFiles) {
    cpSync(join(from, file), join(to, file), { recursive: true, dereference: true });
  }
  const libraries = readdirSync(join(from, 'prebuilds')).filter(forThisMachine);
  if (libraries.length === 0) {
    throw new Error(`${name} carries no library for ${process.platform} on ${process.arch}.`);
  }
  for (const library of libraries) {
    cpSync(join(from, 'prebuilds', library), join(to, 'prebuilds', library));
  }
  if (!existsSync(join(to, 'lib'))) throw new Error(`${from} is not laid out as expected.`);
}

/** `linux-x64.node` and `linuxmusl-x64.node` on Linux, so that any base image will do. */
function forThisMachine(file: string): boolean {
  return file.startsWith(process.platform) && file.endsWith(`-${process.arch}.node`);
}
