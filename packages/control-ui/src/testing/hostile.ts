import fc from 'fast-check';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

/** Texts and values that somebody may send who means no good. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '../../../etc/passwd',
    '/etc/passwd\u0000.txt',
    'a\r\nset-cookie: x=1',
    "'; DROP TABLE presets; --",
    `\${jndi:ldap://x}`,
    '{{7*7}}',
    '\u202egnp.exe',
    '\ud800',
    '\u0000',
    '',
    ' ',
    'x'.repeat(20_000),
    '𝒳'.repeat(500),
    1e308,
    -1e308,
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER + 2,
    -0,
    5e-324,
    null,
    true,
    [],
    {},
    [null],
    nested(500),
    { constructor: 1 },
    { toString: 'x', valueOf: null, length: -1 },
    { 'a/b~c': { '': 1 } },
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value with one of its parts, anywhere, replaced by a hostile one, or with one more. */
export function spoilt(value: unknown, steps: readonly number[], by: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    if (value.length === 0) return [by];
    const at = step % value.length;
    return value.with(at, spoilt(value[at], rest, by));
  }
  const names = Object.keys(value);
  const name = names[step % (names.length + 1)] ?? 'surprise';
  const before = (value as Record<string, unknown>)[name];
  return { ...value, [name]: before === undefined ? by : spoilt(before, rest, by) };
}

/** Bodies that are no JSON, or JSON that a parser may stumble over. */
export const hostileText: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '{',
  '[1,',
  'null',
  '"text"',
  '0',
  '[]',
  '{}',
  '{"a":1}}',
  'NaN',
  '\u0000',
  '{"__proto__":{"admin":true}}',
  '{"name":"x","__proto__":{"config":{}},"config":{}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"config":{"__proto__":{"concurrency":1}}}',
  `{"config":${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}}`,
  `${'['.repeat(50_000)}`,
  `{"name":"${'x'.repeat(600_000)}"}`,
  '{"name":"a","name":"b","config":{},"config":{}}',
  '{"config":{"concurrency":1e999}}',
  '{"config":{"concurrency":"\\ud800"}}',
);
