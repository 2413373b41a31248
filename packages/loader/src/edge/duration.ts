const units_ms: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90`, `90s`, `1.5h`, `1h30m` → milliseconds; null when it is not a duration above 0. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return positive(Number(trimmed) * 1000);
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(trimmed)) return null;
  let sum_ms = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    sum_ms += Number(amount) * (units_ms[unit as string] as number);
  }
  return positive(sum_ms);
}

const positive = (ms: number): number | null => (ms > 0 && Number.isFinite(ms) ? ms : null);
