import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { journeyName, mistakesOf } from '@trafficinator/contract';
import { z } from 'zod';
import type { Journey, Plugin } from '../../plan/journeys/interface.ts';
import { messageOf } from '../../plan/journeys/limits.ts';

type Method = (...given: unknown[]) => unknown;
const method = z.custom<Method>((value) => typeof value === 'function', {
  error: 'must be a function',
});
const name = z.string().regex(journeyName, {
  error: 'must have 1 to 60 letters, digits, blanks and . _ -, the first a letter or a digit',
});

const shape = z.strictObject({
  api: z.literal(1),
  name,
  journeys: z
    .array(
      z.strictObject({ name, weight: z.number().min(0).max(1_000_000).optional(), visit: method }),
    )
    .optional(),
  material: method.optional(),
  hits: method.optional(),
});

/** A plugin, or why its file is none. */
export type ReadPlugin = { readonly plugin: Plugin } | { readonly why: string };

const load = createRequire(import.meta.url);

/** Loads the module at a path and judges what it exports. Its code runs: an endless loop in it never returns. */
export function readPlugin(path: string): ReadPlugin {
  let loaded: unknown;
  try {
    loaded = load(resolve(path));
  } catch (error) {
    return { why: whyNotLoaded(error, path) };
  }
  const exported = (loaded as { readonly default?: unknown } | null)?.default;
  if (typeof exported !== 'object' || exported === null) {
    return { why: 'has no default export with a plugin' };
  }
  const { api } = exported as { readonly api?: unknown };
  if (api !== 1) {
    return { why: `is made for version ${String(api)} of the interface; this program knows 1` };
  }
  const read = shape.safeParse(exported);
  if (!read.success) {
    const known = [...Object.keys(shape.shape), 'weight', 'visit'];
    const mistakes = mistakesOf(read.error, exported, known).map(
      ({ path: place, text }) => `${place.map(String).join('.')} ${text}`,
    );
    return { why: `is no plugin: ${mistakes.join('; ')}` };
  }
  const { journeys, material, hits } = read.data;
  if (journeys === undefined && material === undefined && hits === undefined) {
    return { why: 'has neither journeys nor material nor hits' };
  }
  return { plugin: bound(exported as Plugin) };
}

/** Methods are called on the objects that they belong to, whatever an author writes there. */
function bound(plugin: Plugin): Plugin {
  return {
    api: 1,
    name: plugin.name,
    ...(plugin.journeys && {
      journeys: plugin.journeys.map(
        (journey): Journey => ({
          name: journey.name,
          ...(journey.weight !== undefined && { weight: journey.weight }),
          visit: (v) => journey.visit(v),
        }),
      ),
    }),
    ...(plugin.material && { material: (m) => plugin.material?.(m) ?? {} }),
    ...(plugin.hits && { hits: (visit, context) => plugin.hits?.(visit, context) }),
  };
}

function whyNotLoaded(error: unknown, path: string): string {
  const { code, stack = '' } = error as NodeJS.ErrnoException;
  if (code === 'ERR_REQUIRE_ASYNC_MODULE') {
    return 'awaits something outside its functions; a plugin must be ready when it is loaded';
  }
  // Node puts the place before the stack of a text that is no module, if it knows it.
  const line = /^\S+:(\d+)$/m.exec(stack.slice(0, stack.indexOf('\n')))?.[1];
  const place = line === undefined ? '' : `line ${line}: `;
  const hint = error instanceof SyntaxError ? ` (node --check ${path} shows where)` : '';
  return `cannot be loaded: ${place}${messageOf(error)}${hint}`;
}
