import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;
type Values = fc.Arbitrary<unknown>;

/** Values that a JSON schema describes, more or less: close enough to get past the first check. */
export function fromSchema(schema: unknown, root: Schema, depth = 0): Values {
  if (typeof schema !== 'object' || schema === null) return fc.jsonValue({ maxDepth: 2 });
  const s = schema as Schema;
  if (typeof s.$ref === 'string') return fromSchema(resolved(s.$ref, root), root, depth);
  if ('const' in s) return fc.constant(s.const);
  if (Array.isArray(s.enum)) return fc.constantFrom(...(s.enum as unknown[]));
  const several = [s.anyOf, s.oneOf].find(Array.isArray) as unknown[] | undefined;
  if (several !== undefined) {
    return fc.oneof(...several.map((each) => fromSchema(each, root, depth)));
  }
  const type = Array.isArray(s.type) ? s.type[0] : s.type;
  switch (type) {
    case 'object':
      return objects(s, root, depth);
    case 'array':
      return fc.array(fromSchema(s.items, root, depth + 1), { maxLength: depth > 3 ? 1 : 4 });
    case 'string':
      return fc.string({ maxLength: Math.min(Number(s.maxLength ?? 60), 60) });
    case 'integer':
      return fc.integer({ min: -2, max: 2_000_000_000 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects(s: Schema, root: Schema, depth: number): Values {
  const properties = Object.entries((s.properties ?? {}) as Schema);
  if (properties.length === 0) {
    return fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 4,
    });
  }
  const model = Object.fromEntries(
    properties.map(([name, each]) => [name, fromSchema(each, root, depth + 1)]),
  );
  const requiredKeys = Array.isArray(s.required) ? (s.required as string[]) : [];
  return fc.record(model, { requiredKeys });
}

function resolved(pointer: string, root: Schema): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Schema | undefined)?.[key], root);
}
