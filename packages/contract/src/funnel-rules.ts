import type { Mistake } from './file-mistake.ts';

const numberIn = (step: object, field: string): number | null => {
  const value = (step as Record<string, unknown>)[field];
  return typeof value === 'number' ? value : null;
};

const minor = (units: number): number => Math.round(units * 100);
const units = (minorUnits: number): string => (minorUnits / 100).toFixed(2);

/**
 * Rules across the fields of a funnel as it was written, whatever else is wrong with it. Paths are from
 * the funnel.
 */
export function funnelContradictions(funnel: unknown): Mistake[] {
  const steps = (funnel as { readonly steps?: unknown } | null)?.steps;
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, at): Mistake[] => {
    if (typeof step !== 'object' || step === null) return [];
    const { type } = step as { readonly type?: unknown };
    const found = [delayContradiction(step), type === 'ecommerce' ? orderContradiction(step) : null]
      .filter((mistake) => mistake !== null)
      .map(({ field, text }) => ({ path: ['steps', at, field], text }));
    if (at === 0 && typeof type === 'string' && type !== 'pageview') {
      found.push({
        path: ['steps', 0, 'type'],
        text: 'must be pageview: a visit begins with a page',
      });
    }
    return found;
  });
}

interface FieldMistake {
  readonly field: string;
  readonly text: string;
}

function delayContradiction(step: object): FieldMistake | null {
  const least = numberIn(step, 'delay_seconds_min') ?? 0;
  const most = numberIn(step, 'delay_seconds_max');
  if (most === null || most >= least) return null;
  return { field: 'delay_seconds_max', text: `is ${most}, but delay_seconds_min is ${least}` };
}

/** Revenue = subtotal + tax + shipping, in whole cents; what is left out must have room in what is given. */
function orderContradiction(step: object): FieldMistake | null {
  const revenue = numberIn(step, 'ecommerce_revenue');
  if (revenue === null) return null;
  const parts = ['ecommerce_subtotal', 'ecommerce_tax', 'ecommerce_shipping'].flatMap((field) => {
    const value = numberIn(step, field);
    return value === null ? [] : [{ field, minor: minor(value) }];
  });
  const sum = parts.reduce((total, part) => total + part.minor, 0);
  const fits = parts.length === 3 ? sum === minor(revenue) : sum <= minor(revenue);
  if (fits) return null;
  const named = ({ field, minor: amount }: (typeof parts)[number]): string =>
    parts.length === 1 ? field : `${field} ${units(amount)}`;
  const written = `${parts.map(named).join(' + ')} is ${units(sum)}`;
  return { field: 'ecommerce_revenue', text: `is ${units(minor(revenue))}, but ${written}` };
}
