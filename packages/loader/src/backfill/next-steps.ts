/**
 * What a backfill has touched and what Matomo needs now, for a person. `target`: its name, where there are
 * several; null: it is the only one.
 */
export function nextSteps(
  site_id: number,
  first_day: string,
  last_day: string,
  zone: string,
  target: string | null,
): string[] {
  return [
    `Touched: site ${site_id}, ${first_day} to ${last_day} (days in ${zone}). The weeks, months and years of these days change too.`,
    'Reports: Matomo has marked these days by itself. With browser archiving on, each report is made when it is first opened; otherwise they appear with the next core:archive.',
    `To archive now: ./console core:archive --force-idsites=${site_id} --force-date-range=${first_day},${last_day}`,
    `To prove it: trafficinator reconcile${target === null ? '' : ` --target "${target}"`} compares every day with what was planned.`,
    `To remove the data again: ./console core:delete-logs-data --idsite=${site_id} --dates=${first_day},${last_day}, then ./console core:invalidate-report-data --sites=${site_id} --dates=${first_day},${last_day}. This removes all visits of these days, real ones too.`,
  ];
}
