type Result = Readonly<Record<string, unknown>>;

/** Numbers that are no counts: of several results the highest says the most. */
const highest = /(^|_)(ms|p50|p95|p99|max|seconds|code)$/;

/** Numbers that say what, not how many. */
const same = /(^|_)(id|seed|length|goal)$/;

/** One result out of those of several shards: counts add up, durations keep their highest. */
export function combined(results: readonly Result[]): Record<string, unknown> {
  const [first, ...others] = results;
  if (first === undefined) return {};
  return others.reduce<Record<string, unknown>>((sum, next) => addObjects(sum, next), { ...first });
}

/** What only the last process of a run knows. */
const ofTheLast = ['exit_code', 'exit_reason', 'ended_at', 'rate', 'notices'] as const;

/**
 * One result out of those of a loader's processes that followed each other, after an outage, as parts of one
 * run: the earlier ones first. Null when there is none.
 */
export function resultOfLegs(legs: readonly Result[]): Record<string, unknown> | null {
  const [first] = legs;
  const last = legs.at(-1);
  if (first === undefined || last === undefined) return null;
  const whole = combined(legs);
  for (const name of ofTheLast) whole[name] = last[name];
  return { ...whole, resumed_from: first.resumed_from ?? null };
}

function addObjects(a: Result, b: Result): Record<string, unknown> {
  const sum: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) sum[name] = added(name, a[name], value);
  return sum;
}

function added(name: string, a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') {
    if (same.test(name)) return a;
    return highest.test(name) ? Math.max(a, b) : a + b;
  }
  if (a === null || a === undefined) return b;
  if (Array.isArray(a) && Array.isArray(b)) return addLists(a, b);
  if (isObject(a) && isObject(b)) {
    return name === 'settings' || name === 'target' ? a : addObjects(a, b);
  }
  return a;
}

/** Rows with a name or a reason are the same row in both lists. */
function addLists(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  if ([...a, ...b].every((value) => typeof value === 'number')) {
    const longer = a.length >= b.length ? a : b;
    return longer.map((_, at) => Number(a[at] ?? 0) + Number(b[at] ?? 0));
  }
  const rows = [...a];
  for (const row of b) {
    const key = keyOf(row);
    const at = key === null ? -1 : rows.findIndex((other) => keyOf(other) === key);
    const found = rows[at];
    if (at >= 0 && isObject(found) && isObject(row)) rows[at] = addObjects(found, row);
    else if (key !== null || !rows.includes(row)) rows.push(row);
  }
  return rows;
}

function keyOf(row: unknown): string | null {
  if (!isObject(row)) return null;
  const parts = [row.name, row.outcome, row.reason, row.date].filter(
    (part) => typeof part === 'string',
  );
  return parts.length === 0 ? null : parts.join('\n');
}

const isObject = (value: unknown): value is Result =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
