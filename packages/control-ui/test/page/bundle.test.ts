import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { settingList } from '@trafficinator/contract';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { asServed } from './build-page.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));
/** All of the page: every script and stylesheet that any of its views loads. */
const most_bytes = 150_000;
/** What has to come before the dashboard shows something. */
const mostFirst_bytes = 70_000;

interface Part {
  readonly name: string;
  readonly text: string;
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
    const imports = made.type === 'chunk' ? made.imports : [];
    const bytes = gzipSync(text, { level: 9 }).length;
    return [{ name: made.fileName, text, imports, bytes }];
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

describe('The bundle of the page', () => {
  let parts: ReadonlyMap<string, Part>;
  const named = (start: string) =>
    [...parts.keys()].filter((name) => name.startsWith(`assets/${start}`));

  beforeAll(async () => {
    parts = await builtParts();
  }, 60_000);

  it(`is at most ${most_bytes / 1000} kB of gzip, all views together`, () => {
    const table = [...parts.values()]
      .toSorted((a, b) => b.bytes - a.bytes)
      .map(({ name, bytes }) => `${bytes} ${name}`);
    expect(sumOf(parts.values()), table.join('\n')).toBeLessThanOrEqual(most_bytes);
  });

  it(`shows the dashboard after at most ${mostFirst_bytes / 1000} kB of gzip`, () => {
    const needed = new Set(
      [...named('index-'), ...named('dashboard-')].flatMap((name) => [...withImports(parts, name)]),
    );
    expect(needed.size).toBeGreaterThan(3);
    const first = [...needed].map((name) => parts.get(name) as Part);
    expect(sumOf(first)).toBeLessThanOrEqual(mostFirst_bytes);
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
