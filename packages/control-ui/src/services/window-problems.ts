import { backfillWindow, type Problem, type Settings } from '@trafficinator/contract';

/**
 * What is wrong with the window of a backfill, by the rules that the loader has too. Its days are those of
 * the settings' timezone until Matomo has told the site's. Fields with an error of their own are left out.
 */
export function windowProblems(
  settings: Settings,
  found: readonly Problem[],
  now_ms: number,
): readonly Problem[] {
  const zoneKnown = !found.some(({ code }) => code === 'zone_unknown');
  const today = dateIn(zoneKnown ? settings.timezone : 'UTC', now_ms);
  const broken = new Set(found.flatMap((p) => (p.severity === 'error' ? p.fields : [])));
  return backfillWindow(settings, today).problems.filter(
    ({ fields }) => !fields.some((field) => broken.has(field)),
  );
}

/** The date in a zone: `2026-11-20`. */
const dateIn = (zone: string, now_ms: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now_ms);
