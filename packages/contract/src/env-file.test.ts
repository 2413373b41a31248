import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnvFile } from './env-file.ts';

const values = (content: string) =>
  Object.fromEntries(parseEnvFile('f', content).entries.map((e) => [e.name, e.text]));

describe('parseEnvFile', () => {
  it.each([
    ['A=1', '1'],
    ['export A=1', '1'],
    ['  A = 1  ', '1'],
    ['A=', ''],
    ['A=#1', ''],
    ['A=a#b', 'a#b'],
    ['A=a # comment', 'a'],
    ['A="a # b" # comment', 'a # b'],
    [`A='it "is" $x \\n'`, 'it "is" $x \\n'],
    ['A="a\\n\\"b\\" \\\\"', 'a\n"b" \\'],
    ['A=x=y', 'x=y'],
    ['\uFEFFA=1', '1'],
    ['A=1\r\n', '1'],
  ])('%j', (content, value) => expect(values(content)).toEqual({ A: value }));

  it('keeps line numbers over comments, blank lines and every kind of line end', () => {
    const { entries } = parseEnvFile('f', '# one\r\n\r\nA=1\n\nB=2\rC=3');
    expect(entries.map((e) => [e.name, e.line])).toEqual([
      ['A', 3],
      ['B', 5],
      ['C', 6],
    ]);
  });

  it('reports what it cannot read with file and line, and reads on', () => {
    const { entries, problems } = parseEnvFile('file x', 'A\nB="open\nC=3\n=4');
    expect(entries.map((e) => e.name)).toEqual(['C']);
    expect(problems.map((p) => [p.code, p.source])).toEqual([
      ['env_file_malformed', 'file x line 1'],
      ['env_file_malformed', 'file x line 2'],
      ['env_file_malformed', 'file x line 4'],
    ]);
  });

  it('does not repeat a value in its problems: it may be a secret', () => {
    const { problems } = parseEnvFile('f', 'MATOMO_TOKEN_AUTH="hunter2');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('warns about a name that stands there twice', () => {
    expect(parseEnvFile('f', 'A=1\nA=2').problems).toMatchObject([
      { code: 'env_file_duplicate', severity: 'warning', source: 'f line 2' },
    ]);
  });

  it('reads back any text that is written in double quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const quoted = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
        expect(values(`A="${quoted}"`)).toEqual({ A: text });
      }),
    );
  });
});
