import type { FunnelNumbers } from '@trafficinator/contract';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** How far visitors came in a funnel, step by step. */
export function funnelLine({ name, starts, steps, completions, planned }: FunnelNumbers): string {
  const n = (value: number) => whole.format(value);
  return `  funnel   ${name}: ${n(starts)} of ${n(planned.starts)} planned begun, ${n(completions)} of ${n(planned.completions)} completed; by step ${steps.map(n).join(' → ')}`;
}
