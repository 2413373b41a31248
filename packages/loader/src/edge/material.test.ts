import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtinMaterial } from '../plan/material/builtin.ts';
import { Failure } from './failure.ts';
import { loadMaterial } from './material.ts';

const directory = mkdtempSync(join(tmpdir(), 'urls-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;

function fileWith(lines: readonly string[]): string {
  const path = join(directory, `urls-${files++}.txt`);
  writeFileSync(path, lines.join('\n'));
  return path;
}
function failureOf(path: string): Failure {
  try {
    loadMaterial(path);
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
    const { material, source, problems } = loadMaterial(null);
    expect(material).toBe(builtinMaterial());
    expect([source, problems]).toEqual([null, []]);
  });

  it('has the pages of a list, and all else built in', () => {
    const path = fileWith(many(3, good));
    const { material, source, problems } = loadMaterial(path);
    expect(material.pages.map((page) => page.title.raw)).toEqual(['Page 0', 'Page 1', 'Page 2']);
    expect(material.devices).toBe(builtinMaterial().devices);
    expect([source, problems]).toEqual([path, []]);
  });

  it('comes with warnings about the list, and still with the pages', () => {
    const path = fileWith([good(0), warned(1)]);
    const { material, problems } = loadMaterial(path);
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
    const { problems } = loadMaterial(fileWith(many(25, warned)));
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
    expect(failureOf(fileWith(['# nothing', ''])).problems[0]?.message).toMatch(/no usable URL/);
    const missing = join(directory, 'missing.txt');
    expect(failureOf(missing).problems[0]).toMatchObject({
      code: 'urls_file_unusable',
      value: missing,
      message: `The URL list ${missing} cannot be read (ENOENT).`,
    });
    expect(failureOf(directory).message).toContain('EISDIR');
  });
});
