/**
 * Bundles the loader and the stand-in Matomo into `dist/`: one file each, the one native package beside
 * them, and the licences of everything inside. `dist/` runs on its own with Node 24, wherever it is
 * copied to. The container images are made of it. Run: `node tools/build/main.ts`.
 */
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licenceText } from './licences.ts';
import { copyNativePackage, nativePackages } from './native-package.ts';

const root = join(import.meta.dirname, '../..');
const out = join(root, 'dist');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    loader: 'packages/loader/src/main.ts',
    'fake-matomo': 'packages/fake-matomo/src/main.ts',
  },
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: [...nativePackages],
  // Not minified: it would save a megabyte of 250 and no start-up time, and cost readable stack traces.
  legalComments: 'none',
  // CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});

// For authors of plugins: their editors read it, the program does not.
copyFileSync(
  join(root, 'packages/loader/src/plan/journeys/interface.ts'),
  join(out, 'trafficinator-plugin.d.ts'),
);
for (const name of nativePackages) copyNativePackage(name, join(root, 'packages/loader'), out);
writeFileSync(
  join(out, 'THIRD-PARTY-LICENCES.txt'),
  licenceText(root, Object.keys(metafile.inputs)),
);

for (const name of ['loader.mjs', 'fake-matomo.mjs']) {
  const kilobytes = Math.round(statSync(join(out, name)).size / 1000);
  process.stdout.write(`dist/${name}  ${kilobytes.toLocaleString('en')} kB\n`);
}
