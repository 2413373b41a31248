import * as z from 'zod/mini';
import { jsonOf, type Mistake, mistakesOf, onOneLine, valueAt } from './file-mistake.ts';
import { funnelContradictions } from './funnel-rules.ts';
import { allStepFields, stepFields } from './funnel-step.ts';
import { funnelWarnings } from './funnel-warnings.ts';
import { type Funnel, funnelShape } from './funnels.ts';
import { type Problem, problem } from './problem.ts';

export interface FunnelsFile {
  /** Those that are enabled, in the order in which they are tried; none when the file has an error. */
  readonly funnels: readonly Funnel[];
  readonly problems: readonly Problem[];
}

const remedy = 'Correct the file; docs/funnels.md has every field and examples.';

/** Reads a funnels file: a JSON list of funnels, or one alone. All mistakes are told at once. */
export function readFunnels(text: string, path: string): FunnelsFile {
  const source = `file ${path}`;
  const refused = (message: string, place: string): Problem =>
    problem('funnels_unusable', {
      fields: ['funnel_config_path', ...(place === '' ? [] : [place])],
      source,
      message,
      remedy,
    });
  const json = jsonOf(text);
  if ('why' in json) {
    return { funnels: [], problems: [refused(`The funnels file ${json.why}.`, '')] };
  }
  if (typeof json.value !== 'object' || json.value === null) {
    const message = 'The funnels file holds neither a list of funnels nor one funnel.';
    return { funnels: [], problems: [refused(message, '')] };
  }
  const { cleaned, ignored } = withoutForeignFields(
    Array.isArray(json.value) ? json.value : [json.value],
  );
  const { mistakes, data } = judged(cleaned);
  const warnings = ignored.map((found) =>
    problem('funnel_field_ignored', {
      fields: ['funnel_config_path', placeOf(found)],
      source,
      message: onOneLine(`${sentence(found, cleaned)}.`),
      remedy: 'Remove the field, or give the step another type.',
    }),
  );
  if (mistakes.length > 0 || data === undefined) {
    const errors = inFileOrder(mistakes).map((found) =>
      refused(onOneLine(`${sentence(found, cleaned)}.`), placeOf(found)),
    );
    return { funnels: [], problems: [...errors, ...warnings] };
  }
  const funnels = data.filter(({ enabled }) => enabled).toSorted((a, b) => a.priority - b.priority);
  return { funnels, problems: [...warnings, ...funnelWarnings(funnels, source)] };
}

/** What is wrong with funnels as they were parsed, by place in the list: for whoever shows it at the field. */
export function funnelMistakes(list: readonly unknown[]): readonly Mistake[] {
  return inFileOrder(judged(withoutForeignFields(list).cleaned).mistakes);
}

function judged(cleaned: readonly unknown[]): {
  readonly mistakes: readonly Mistake[];
  readonly data: readonly Funnel[] | undefined;
} {
  const read = z.array(funnelShape).safeParse(cleaned);
  const known = [...Object.keys(funnelShape.shape), ...allStepFields];
  const mistakes: Mistake[] = [
    ...(read.error === undefined ? [] : mistakesOf(read.error, cleaned, known)),
    ...cleaned.flatMap((funnel, at) =>
      funnelContradictions(funnel).map((found) => ({ ...found, path: [at, ...found.path] })),
    ),
    ...sameNames(cleaned),
  ];
  return { mistakes, data: read.data };
}

const placeOf = ({ path }: Mistake): string => `funnels.${path.map(String).join('.')}`;

/** `Funnel 2 “Checkout”, step 3 (event): event_action is missing`. */
function sentence({ path, text }: Mistake, list: readonly unknown[]): string {
  const [at, key, position, ...rest] = path;
  const name = valueAt(list, [at as number, 'name']);
  const title = typeof name === 'string' && name.trim() !== '' ? ` “${name.slice(0, 100)}”` : '';
  const funnel = `Funnel ${Number(at) + 1}${title}`;
  if (key === undefined) return `${funnel} ${text}`;
  if (key !== 'steps' || position === undefined) return `${funnel}: ${String(key)} ${text}`;
  const type = valueAt(list, [at as number, 'steps', position, 'type']);
  const step = `${funnel}, step ${Number(position) + 1}${typeof type === 'string' ? ` (${type})` : ''}`;
  return rest.length === 0 ? `${step} ${text}` : `${step}: ${rest.map(String).join('.')} ${text}`;
}

/** By funnel and step; mistakes of one step stay in their order. */
function inFileOrder(mistakes: readonly Mistake[]): Mistake[] {
  const at = ({ path }: Mistake, n: number) => (typeof path[n] === 'number' ? path[n] : -1);
  return mistakes.toSorted((a, b) => at(a, 0) - at(b, 0) || at(a, 2) - at(b, 2));
}

/** Statistics and metrics know a funnel by its name. */
function sameNames(list: readonly unknown[]): Mistake[] {
  const names = list.map((_, at) => valueAt(list, [at, 'name']));
  return names.flatMap((name, at) => {
    if (typeof name !== 'string') return [];
    const first = names.findIndex(
      (other) => typeof other === 'string' && other.trim() === name.trim(),
    );
    if (first === at) return [];
    return [{ path: [at, 'name'], text: `is also the name of funnel ${first + 1}` }];
  });
}

/**
 * Takes out of each step the fields that belong to steps of other types: an editor may leave them behind
 * when the type is changed. Those that hold something are named.
 */
function withoutForeignFields(list: readonly unknown[]): {
  readonly cleaned: readonly unknown[];
  readonly ignored: readonly Mistake[];
} {
  const ignored: Mistake[] = [];
  const cleaned = list.map((funnel, at) => {
    const steps = (funnel as { readonly steps?: unknown } | null)?.steps;
    if (!Array.isArray(steps)) return funnel;
    const kept = steps.map((step: unknown, position) => {
      const own = stepFields((step as { readonly type?: unknown } | null)?.type);
      if (own === null) return step;
      const fields = Object.entries(step as object).filter(([name, value]) => {
        if (own.includes(name) || !allStepFields.includes(name)) return true;
        const path = [at, 'steps', position, name];
        if (value !== null) ignored.push({ path, text: 'has no meaning there and is ignored' });
        return false;
      });
      return Object.fromEntries(fields);
    });
    return { ...(funnel as object), steps: kept };
  });
  return { cleaned, ignored };
}
