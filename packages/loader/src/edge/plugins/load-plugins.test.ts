import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultSettings, type Settings } from '@trafficinator/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { builtinMaterial } from '../../plan/material/builtin.ts';
import { pluginFiles } from './files.ts';
import { loadPlugins } from './load-plugins.ts';

const root = mkdtempSync(join(tmpdir(), 'plugins-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;

/** A directory with files of these texts. */
function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = join(root, String(made++));
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}
// How long a visit takes here is the machine’s affair, unless a test says otherwise.
const settings: Settings = { ...defaultSettings, plugin_budget_ms: 60_000 };
const load = (directory: string, changes: Partial<Settings> = {}, longest_ms?: number) =>
  loadPlugins(directory, builtinMaterial(), null, { ...settings, ...changes }, longest_ms);
const plugin = (rest: string, name = 'own') =>
  `export default { api: 1, name: '${name}', ${rest} };`;
const journey = (body: string, name = 'way') =>
  `journeys: [{ name: '${name}', visit(v) { ${body} } }]`;
const good = plugin(journey("v.view('/');"));
const told = (files: Readonly<Record<string, string>>, changes: Partial<Settings> = {}) =>
  load(directoryWith(files), changes).problems.map(({ code, severity, message }) => ({
    code,
    severity,
    message,
  }));

describe('plugins of a directory', () => {
  it('are its modules, in JavaScript and TypeScript, in the order of their names', () => {
    const { plugins, problems } = load(
      directoryWith({
        'b.mjs': plugin(journey("v.view('/');", 'one'), 'b'),
        'a.ts': `const name: string = 'a';\nexport default { api: 1, name, ${journey('')} } as const;`,
        'c.js': plugin('hits() {}', 'c'),
        'd.mts': plugin('material() { return { outlinks: ["https://d.example/"] }; }', 'd'),
        'a.test.ts': 'throw new Error()',
        'types.d.ts': 'nonsense',
        'README.md': '# Plugins',
        '.hidden.mjs': 'nonsense',
        'lib/part.mjs': 'nonsense',
      }),
    );
    expect(plugins.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(problems.map(({ code }) => code)).toEqual(['plugin_faulty']);
    expect(problems[0]?.message).toMatch(/a\.ts failed in 20 of 20 visits .* no page view/);
  });

  it('may import files beside them, and keep what they need', () => {
    const { plugins, problems, material } = load(
      directoryWith({
        'a.mjs': `import { address } from './lib/address.mjs';
          class Mine { api = 1; name = 'a'; pages = ['/x']; material({ pages }) {
            return { pages: [...pages, { url: address, title: this.pages[0] }] };
          } }
          const mine = new Mine();
          export default { api: 1, name: 'a', material: (m) => mine.material(m) };`,
        'lib/address.mjs': "export const address = 'https://shop.example.test/from-lib';",
      }),
    );
    expect(problems).toEqual([]);
    expect(plugins).toHaveLength(1);
    expect(material.pages.at(-1)?.url.raw).toBe('https://shop.example.test/from-lib');
    expect(material.pages.at(-1)?.title.raw).toBe('/x');
  });

  it('have a digest that any file in the directory changes, and the place does not', () => {
    const files = { 'a.mjs': good, 'lib/b.json': '{}', 'node_modules/c/index.js': '1' };
    const digest = (changes: object) => pluginFiles(directoryWith({ ...files, ...changes })).digest;
    expect(digest({})).toBe(digest({ 'node_modules/c/index.js': '2' }));
    const others = [{ 'lib/b.json': '[]' }, { 'a.mjs': `${good} ` }, { 'lib/z.txt': '' }].map(
      digest,
    );
    expect(new Set([digest({}), ...others]).size).toBe(4);
  });
});

describe('a plugin that cannot be used', () => {
  it.each<[string, string, RegExp]>([
    ['is no text of a module', 'export default {', /cannot be loaded: SyntaxError: .* shows where/],
    ['fails while it is loaded', 'throw new TypeError("no")', /cannot be loaded: TypeError: no\./],
    ['imports what is not there', "import './no.mjs'", /cannot be loaded: .*no\.mjs/],
    ['waits while it is loaded', 'await 1; export default {}', /awaits something outside/],
    ['exports nothing', 'export const a = 1;', /has no default export/],
    ['is of another version', 'export default { api: 2, name: "x" }', /version 2 .* knows 1/],
    ['has no version', 'export default { name: "x" }', /version undefined/],
    ['has no name', plugin('hits() {}', ''), /name must have 1 to 60/],
    ['does nothing', 'export default { api: 1, name: "x" }', /neither journeys nor material nor/],
    ['is misspelt', plugin('jurneys: []'), /jurneys is no field of it; perhaps journeys is meant/],
    [
      'has a journey without a way',
      plugin('journeys: [{ name: "x" }]'),
      /journeys\.0\.visit is missing/,
    ],
    ['has no material after all', plugin('material() { throw new Error("x") }'), /fails: Error: x/],
    ['has nonsense for material', plugin('material: () => ({ pages: 7 })'), /pages must be a list/],
    [
      'has pages of nowhere',
      plugin('material: () => ({ pages: [{ url: "mailto:x", title: "x" }] })'),
      /is no http/,
    ],
    ['never ends', plugin(journey('for (;;);')), /did not plan a few visits within 2 s/],
    ['never ends loading', 'for (;;);', /did not plan a few visits within 2 s/],
  ])('is refused by its name and nothing of it is used: it %s', (what, text, message) => {
    const directory = directoryWith({ 'good.mjs': plugin('hits() {}', 'good'), 'bad.mjs': text });
    const { plugins, problems, material } = load(
      directory,
      {},
      what.startsWith('never ends') ? 2_000 : undefined,
    );
    expect(plugins).toEqual([]);
    expect(material).toBe(builtinMaterial());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'plugin_unusable', severity: 'error' });
    expect(problems[0]?.message).toContain(join(directory, 'bad.mjs'));
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).not.toMatch(/\n| at .*:\d+:\d+/);
  });

  it('is told with all the others', () => {
    const problems = told({ 'a.mjs': 'export default 1', 'b.mjs': '{', 'c.mjs': good });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('a.mjs has no default export'),
      expect.stringContaining('b.mjs cannot be loaded'),
    ]);
  });

  it('has the name of another', () => {
    expect(told({ 'a.mjs': good, 'b.mjs': good }).at(-1)).toMatchObject({
      code: 'plugin_unusable',
      message: expect.stringContaining('b.mjs has the name of another plugin: own'),
    });
  });

  it('is not there, nor its directory', () => {
    expect(load(join(root, 'nowhere')).problems).toMatchObject([
      { code: 'plugin_unusable', message: expect.stringContaining('(ENOENT)') },
    ]);
    expect(told({ 'README.md': '' })).toMatchObject([
      { code: 'plugins_missing', severity: 'warning' },
    ]);
  });
});

describe('a plugin that is tried', () => {
  it.each([
    ['draws by itself', journey("v.view('/' + Math.random());")],
    ['asks for the day', journey("v.view('/' + new Date().getDate() + new Date().getMonth());")],
    ['asks for the time', journey("v.view('/' + Date.now());")],
    [
      'counts visits',
      `n: 0, ${journey("v.view('/' + globalThis.counted++);")}`.replace('n: 0, ', ''),
    ],
    ['has other hits each time', 'hits: ({ hits }) => Math.random() < 0.5 ? [hits[0]] : undefined'],
    [
      'has other material',
      'material: () => ({ outlinks: ["https://a.example/" + Math.random()] })',
    ],
  ])('and %s is told to be not reproducible', (_, rest) => {
    const text = `globalThis.counted = 0;\n${plugin(rest)}`;
    expect(told({ 'a.mjs': text }).map(({ code }) => code)).toEqual(['plugin_not_reproducible']);
  });

  it('and takes its time is told to be slow', () => {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 12);';
    const files = { 'a.mjs': plugin(journey(`v.view('/'); ${wait}`)) };
    const [found] = told(files, { plugin_budget_ms: 5 });
    expect(found).toMatchObject({ code: 'plugin_slow', severity: 'warning' });
    expect(found?.message).toContain('more than PLUGIN_BUDGET_MS=5');
    expect(told(files)).toEqual([]);
  });

  it('and fails at times is told with what was wrong first', () => {
    const body = "if (v.random.chance(0.5)) throw new Error('half'); v.view('/');";
    const [found] = told({ 'a.mjs': plugin(journey(body)) });
    expect(found?.code).toBe('plugin_faulty');
    expect(found?.message).toMatch(
      /failed in \d+ of 20 visits .*; first: journey “way”: Error: half/,
    );
  });
});
