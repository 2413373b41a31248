import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { settingList } from '@trafficinator/contract';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { asServed } from './build-page.ts';
import { viewNames } from './view-names.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));
/** What a view needs to show itself when the page is opened at it: the entry, its scripts, all styles. */
const mostOfView_bytes = 150_000;
/** The same of the dashboard, where most begin. */
const mostOfDashboard_bytes = 70_000;
/** Every script and stylesheet that any part of the page may ever load. */
const mostOfAll_bytes = 205_000;

interface Part {
  readonly name: string;
  readonly text: string;
  /** The page begins with it. */
  readonly isEntry: boolean;
  /** It is loaded when it is wanted: a view, the search. */
  readonly isLazy: boolean;
  /** What is loaded with it. */
  readonly imports: readonly string[];
  /** After gzip -9. */
  readonly bytes: number;
}

/** The page as it would be served: its scripts and stylesheets, by name. */
async function builtParts(): Promise<ReadonlyMap<string, Part>> {
  const built = await asServed(() =>
    build({
      root: web,
      configFile: `${web}/vite.config.ts`,
      logLevel: 'error',
      build: { write: false },
    }),
  );
  const { output } = built as Rolldown.RolldownOutput;
  const parts = output.flatMap((made): Part[] => {
    const text = made.type === 'chunk' ? made.code : String(made.source);
    if (!/\.(js|css)$/.test(made.fileName)) return [];
    const { imports, isEntry, isDynamicEntry } =
      made.type === 'chunk' ? made : { imports: [], isEntry: false, isDynamicEntry: false };
    const bytes = gzipSync(text, { level: 9 }).length;
    return [{ name: made.fileName, text, isEntry, isLazy: isDynamicEntry, imports, bytes }];
  });
  return new Map(parts.map((part) => [part.name, part]));
}

/** A part and all that is loaded with it. */
function withImports(parts: ReadonlyMap<string, Part>, name: string, into = new Set<string>()) {
  if (into.has(name)) return into;
  into.add(name);
  for (const each of parts.get(name)?.imports ?? []) withImports(parts, each, into);
  return into;
}

const sumOf = (parts: Iterable<Part>): number =>
  [...parts].reduce((sum, { bytes }) => sum + bytes, 0);

/** One line each, the heaviest first. */
const tableOf = (bytesOf: ReadonlyMap<string, number>): string =>
  [...bytesOf]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, bytes]) => `${bytes} ${name}`)
    .join('\n');

describe('The bundle of the page', () => {
  let parts: ReadonlyMap<string, Part>;
  /** Bytes by the name of each lazy part. */
  let shown: ReadonlyMap<string, number>;

  beforeAll(async () => {
    parts = await builtParts();
    const all = [...parts.values()];
    const always = all.filter(({ isEntry, name }) => isEntry || name.endsWith('.css'));
    const lazy = all.filter(({ isLazy }) => isLazy);
    shown = new Map(
      lazy.map((part) => {
        const needed = new Set<string>();
        for (const { name } of [...always, part]) withImports(parts, name, needed);
        const sum = sumOf([...needed].map((name) => parts.get(name) as Part));
        return [/\/(.*)-.{8}\.js$/.exec(part.name)?.[1] ?? part.name, sum];
      }),
    );
  }, 60_000);

  it(`shows each view after at most ${mostOfView_bytes / 1000} kB of gzip`, () => {
    expect([...shown.keys()]).toEqual(expect.arrayContaining(viewNames()));
    const table = tableOf(shown);
    process.stdout.write(`gzip bytes that each view needs to show itself:\n${table}\n`);
    expect(Math.max(...shown.values()), table).toBeLessThanOrEqual(mostOfView_bytes);
  });

  it(`shows the dashboard after at most ${mostOfDashboard_bytes / 1000} kB of gzip`, () => {
    expect(shown.get('dashboard')).toBeLessThanOrEqual(mostOfDashboard_bytes);
  });

  it(`is at most ${mostOfAll_bytes / 1000} kB of gzip, all views together`, () => {
    const table = tableOf(new Map([...parts.values()].map(({ name, bytes }) => [name, bytes])));
    expect(sumOf(parts.values()), table).toBeLessThanOrEqual(mostOfAll_bytes);
  });

  it('does not carry what the service sends anyway: the help of the settings', () => {
    const code = [...parts.values()].map(({ text }) => text).join('\n');
    const carried = Object.entries(settingList).filter(
      ([name, { help }]) => code.includes(help) && code.includes(name),
    );
    expect(carried.map(([name]) => name)).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    const css = [...parts.values()].filter(({ name }) => name.endsWith('.css'));
    expect(css.length).toBeGreaterThan(0);
    for (const { text } of css) expect(text).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//);
  });
});
