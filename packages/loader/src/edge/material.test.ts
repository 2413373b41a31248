import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '@trafficinator/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { Failure } from './failure.ts';
import { materialDigest } from './identity.ts';
import { loadMaterial } from './material.ts';

const directory = mkdtempSync(join(tmpdir(), 'urls-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

function fileWith(lines: readonly string[]): string {
  const path = join(directory, `urls-${files++}.txt`);
  writeFileSync(path, lines.join('\n'));
  return path;
}
const named = (urls_file: string | null) => ({ ...defaultSettings, urls_file });
function failureOf(path: string): Failure {
  try {
    loadMaterial(named(path));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return expect.fail('it was loaded');
}
const many = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n));
const good = (n: number) => `https://site.example/page-${n}\tPage ${n}`;
const warned = (n: number) => `https://site.example/find-${n}?q=x\tFind ${n}`;

describe('the material', () => {
  it('is the built-in site when no list is named', () => {
    const { material, source, problems } = loadMaterial(named(null));
    expect(material).toBe(builtinMaterial());
    expect([source, problems]).toEqual([null, []]);
  });

  it('has the pages of a list, and all else built in', () => {
    const path = fileWith(many(3, good));
    const { material, source, problems } = loadMaterial(named(path));
    expect(material.pages.map((page) => page.title.raw)).toEqual(['Page 0', 'Page 1', 'Page 2']);
    expect(material.devices).toBe(builtinMaterial().devices);
    expect([source, problems]).toEqual([path, []]);
  });

  it('tells how many lines of a list repeat a URL', () => {
    const path = fileWith([good(0), good(1), good(0), 'https://SITE.example/page-1']);
    const { material, problems } = loadMaterial(named(path));
    expect(material.pages).toHaveLength(2);
    expect(problems).toMatchObject([
      { code: 'urls_file_repeats', severity: 'notice', source: `file ${path}` },
    ]);
    expect(problems[0]?.message).toMatch(/^2 lines are left out/);
    const once = loadMaterial(named(fileWith([good(0), good(0)]))).problems;
    expect(once[0]?.message).toMatch(/^One line is left out/);
  });

  it('comes with warnings about the list, and still with the pages', () => {
    const path = fileWith([good(0), warned(1)]);
    const { material, problems } = loadMaterial(named(path));
    expect(material.pages).toHaveLength(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: 'urls_file_unusable',
      severity: 'warning',
      fields: ['urls_file'],
      source: `file ${path} line 2`,
    });
  });

  it('tells of twenty problems and how many more there are', () => {
    const { problems } = loadMaterial(named(fileWith(many(25, warned))));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toBe('5 more lines have problems.');
  });

  it('is refused for an error in the list, wherever it stands', () => {
    const path = fileWith([...many(30, warned), 'no address', good(0)]);
    const failure = failureOf(path);
    expect(failure.exitCode).toBe(2);
    expect(failure.problems[0]).toMatchObject({
      severity: 'error',
      source: `file ${path} line 31`,
    });
    expect(failure.problems).toHaveLength(21);
  });

  it('is refused when the list is empty, missing or no file', () => {
    expect(failureOf(fileWith(['# nothing', ''])).problems[0]?.message).toMatch(
      /no usable URL.*\.$/,
    );
    const missing = join(directory, 'missing.txt');
    expect(failureOf(missing).problems[0]).toMatchObject({
      code: 'urls_file_unusable',
      value: missing,
      message: `The URL list ${missing} cannot be read (ENOENT).`,
    });
    expect(failureOf(directory).message).toContain('EISDIR');
  });

  it('has the funnels and events of their files, on the pages of the list', () => {
    const funnel_config_path = join(directory, 'funnels.json');
    const events_file = join(directory, 'events.json');
    const steps = [{ type: 'pageview', url: '/landing' }];
    writeFileSync(funnel_config_path, JSON.stringify({ name: 'F', probability: 1, steps }));
    writeFileSync(events_file, JSON.stringify({ click_events: [{ category: 'c', action: 'a' }] }));
    const settings = { ...named(fileWith(many(2, good))), funnel_config_path, events_file };
    const loaded = loadMaterial(settings);
    expect(loaded.material.funnels[0]?.steps[0]?.url).toBe('https://site.example/landing');
    expect(loaded.material.own_events?.click?.weights).toEqual([1]);
    expect([loaded.funnels_source, loaded.events_source]).toEqual([
      funnel_config_path,
      events_file,
    ]);
    const others = [
      named(null),
      settings,
      { ...settings, events_file: null },
      { ...settings, funnel_config_path: null },
    ].map((each) => materialDigest(loadMaterial(each).material));
    expect(new Set(others).size).toBe(4);
  });

  it('tells the mistakes of all its files at once', () => {
    const missing = join(directory, 'missing');
    const settings = { urls_file: missing, funnel_config_path: missing, events_file: missing };
    try {
      loadMaterial({ ...defaultSettings, ...settings });
      expect.fail('it was loaded');
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.problems.map(({ code }) => code)).toEqual([
        'urls_file_unusable',
        'funnels_unusable',
        'events_unusable',
      ]);
    }
  });
});
