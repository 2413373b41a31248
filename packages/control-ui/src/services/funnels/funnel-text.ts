import { type Funnel, type Problem, readFunnels } from '@trafficinator/contract';
import type { RequestMistake } from '@trafficinator/contract/rest';

type Written = Readonly<Record<string, unknown>>;

export interface JudgedFunnel {
  /** In the file's format, without what is at its default; null: it cannot be used. */
  readonly funnel: Funnel | null;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Judges one funnel in the file's format by the loader's own rules. */
export function judgeFunnel(written: Written): JudgedFunnel {
  const found = readFunnels(JSON.stringify([written]), 'funnel').problems;
  const errors = found.filter(({ severity }) => severity === 'error');
  const warnings = found.filter(({ severity }) => severity !== 'error');
  if (errors.length > 0) return { funnel: null, errors, warnings };
  // The reader leaves out what is switched off.
  const [read] = readFunnels(JSON.stringify([{ ...written, enabled: true }]), 'funnel').funnels;
  if (read === undefined) return { funnel: null, errors, warnings };
  return { funnel: { ...read, enabled: written.enabled !== false }, errors, warnings };
}

/** Judges a list of funnels, as a file holds it; all mistakes at once, with their places in the list. */
export function judgeFunnels(list: readonly Written[]): readonly Problem[] {
  return readFunnels(JSON.stringify(list), 'funnels').problems.filter(
    ({ severity }) => severity === 'error',
  );
}

/** What is kept of a funnel: nothing that only says that something is left out. */
export function compact(funnel: Funnel): Record<string, unknown> {
  return { ...given(funnel), steps: funnel.steps.map((step) => given(step)) };
}

const given = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** A mistake of the list as one of a request: `funnels.2.steps.0.url` lies at `root/2/steps/0/url`. */
export function funnelMistake(found: Problem, root: string, alone: boolean): RequestMistake {
  const place = found.fields[1]?.split('.').slice(1) ?? [];
  const path = alone ? place.slice(1) : place;
  return {
    pointer: [root, ...path].join('/'),
    field: path.length === 0 ? null : path.join('.'),
    code: found.code,
    severity: found.severity,
    message: alone ? found.message.replace(/^Funnel 1\b/, 'Funnel') : found.message,
    remedy: found.remedy,
  };
}
