import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  defaultSettings,
  envNameOf,
  readSettings,
  settingList,
} from '../../../packages/contract/src/index.ts';
import { withBlock } from './block.ts';
import { composeEnvironment } from './compose.ts';
import { envExample } from './env-example.ts';
import { readmeTables } from './readme.ts';

const names = Object.keys(settingList);
const markers = { begin: '# begin', end: '# end' };

describe('withBlock', () => {
  it('replaces what is between the markers, indented like them, and keeps the rest', () => {
    const text = 'a\n  # begin\nold\n  # end\nb\n';
    const once = withBlock(text, markers, ['x', '', 'y']);
    expect(once).toBe('a\n  # begin\n  x\n\n  y\n  # end\nb\n');
    expect(withBlock(once, markers, ['x', '', 'y'])).toBe(once);
  });

  it('fills every pair', () => {
    expect(withBlock('# begin\n# end\n# begin\n# end', markers, ['x'])).toBe(
      '# begin\nx\n# end\n# begin\nx\n# end',
    );
  });

  it.each(['a', '# begin\nb', '# end', '# begin\n# begin\n# end'])('refuses %j', (text) => {
    expect(() => withBlock(text, markers, [])).toThrow(/missing|stands there/);
  });
});

describe('generated texts', () => {
  it('README has a row of four cells for every setting', () => {
    const rows = readmeTables().filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => /`(\w+)`/.exec(row)![1])).toEqual(names.map(envNameOf));
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(6);
  });

  it('Compose passes on every setting but those of the image, its secrets and older names', () => {
    const entries: Record<string, string> = parse(composeEnvironment().join('\n'));
    for (const [name, value] of Object.entries(entries)) expect(value).toBe(`$\{${name}:-}`);
    const passed = Object.keys(entries);
    expect(names.map(envNameOf).filter((name) => !passed.includes(name))).toEqual([
      'STATE_DIR',
      'STATUS_HOST',
      'STATUS_PORT',
    ]);
    expect(passed).toEqual(expect.arrayContaining(['MATOMO_TOKEN_AUTH_FILE', 'MAX_TOTAL_VISITS']));
  });

  it('.env.example is read without errors and holds all defaults', () => {
    const read = (content: string) =>
      readSettings({
        environment: {},
        layers: [{ kind: 'env_file', path: '.env.example' }],
        readFile: () => content,
        purpose: 'plan',
      });
    const text = envExample();
    const uncommented = text.replace(/^#(?=[A-Z0-9_]+=)/gm, '');
    for (const content of [text, uncommented]) {
      const { settings, problems, changed } = read(content);
      expect(problems.filter((p) => p.severity !== 'notice')).toEqual([]);
      expect(settings).toEqual(defaultSettings);
      expect(changed).toEqual([]);
    }
    const assigned = uncommented.match(/^[A-Z0-9_]+(?==)/gm);
    expect(assigned).toEqual(names.map(envNameOf));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
