/**
 * Bundles the loader, the stand-in Matomo and the control service into `dist/`: one file each, the one native package beside
 * them, and the licences of everything inside. `dist/` runs on its own with Node 24, wherever it is
 * copied to. The container images are made of it. Run: `node tools/build/main.ts`.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';
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
    control: 'packages/control-ui/src/main.ts',
    'control-database': 'packages/control-ui/src/adapters/sqlite/worker.ts',
    'socket-proxy': 'packages/control-ui/src/socket-proxy/main.ts',
    'control-supervisor': 'packages/control-ui/src/adapters/process/supervisor.ts',
  },
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // dockerode's way over ssh can do without its compiled helper.
  external: [...nativePackages, 'cpu-features', '*.node'],
  // Not minified: it would save a megabyte of 250 and no start-up time, and cost readable stack traces.
  legalComments: 'none',
  // CommonJS packages call require() for Node's own modules, and look beside themselves.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;",
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
await buildPage({ root: join(root, 'packages/control-ui/web'), logLevel: 'warn' });
cpSync(join(root, 'packages/control-ui/web/dist'), join(out, 'web'), { recursive: true });
/** What Vite puts into the page; its own list names no packages. */
const pageInputs = ['preact', '@preact/signals', 'uplot', 'tailwindcss'].map(
  (name) => `packages/control-ui/node_modules/${name}/package.json`,
);
// What the control service serves and reads beside its code.
cpSync(join(root, 'presets'), join(out, 'presets'), { recursive: true });
const swaggerUi = createRequire(join(root, 'packages/control-ui/package.json')).resolve(
  '@fastify/swagger-ui/package.json',
);
cpSync(join(dirname(swaggerUi), 'static'), join(out, 'static'), { recursive: true });
writeFileSync(
  join(out, 'THIRD-PARTY-LICENCES.txt'),
  licenceText(root, [...Object.keys(metafile.inputs), ...pageInputs]),
);

for (const name of ['loader.mjs', 'fake-matomo.mjs', 'control.mjs']) {
  const kilobytes = Math.round(statSync(join(out, name)).size / 1000);
  process.stdout.write(`dist/${name}  ${kilobytes.toLocaleString('en')} kB\n`);
}
