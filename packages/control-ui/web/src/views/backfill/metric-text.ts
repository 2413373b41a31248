import { count } from '../../format/numbers.ts';

const money = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** `sum_visit_length_seconds` → `sum visit length`: the unit stands beside the number. */
export const metricLabel = (metric: string): string =>
  metric.replace(/_(minor|seconds)$/, '').replaceAll('_', ' ');

/** A metric's number with its unit; its name tells the unit, money is in minor units. */
export function metricNumber(metric: string, value: number): readonly [string, string] {
  if (metric.endsWith('_minor')) return [money.format(value / 100).replace('-', '−'), ''];
  return [count(value), metric.endsWith('_seconds') ? 's' : ''];
}

/** `−8`, `+2`, `0`. */
export function metricChange(metric: string, value: number): string {
  const [text] = metricNumber(metric, value);
  return value > 0 ? `+${text}` : text;
}
