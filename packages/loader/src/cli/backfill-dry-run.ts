import { type BackfillPlan, backfillWindow } from '@trafficinator/contract';
import { forecast } from '../backfill/forecast.ts';
import { planSeed } from '../backfill/identity.ts';
import { systemClock } from '../edge/clock.ts';
import { loadMaterial } from '../edge/material.ts';
import type { SettingsFlags } from '../edge/settings.ts';
import { compilePlan } from '../plan/plan.ts';
import { backfillSettings, lanesOf } from './backfill-settings.ts';
import { table } from './day-table.ts';

/** The seed that is looked at when none is set: a backfill draws one when it begins. */
const defaultSeed = 1;

/** `backfill --dry-run`: plans the whole window and says what it would send. Needs no target. */
export function printForecast(flags: SettingsFlags & { readonly json: boolean }): number {
  const tell = (text: string) => process.stderr.write(text);
  const { settings, today } = backfillSettings(flags, 'plan', tell);
  const { window } = backfillWindow(settings, today);
  if (window === null) return 0;
  const { material } = loadMaterial(settings);
  const bulk = settings.delivery !== 'single';
  const seed = settings.backfill_seed ?? settings.seed ?? defaultSeed;
  const plan = forecast({
    settings,
    plan: compilePlan(settings, material, planSeed({ seed, ...window })),
    window,
    zone: settings.timezone,
    now_ms: systemClock.now(),
    seed,
    lanes: lanesOf(settings, bulk),
    bulk,
    query: {
      site_id: settings.matomo_site_id,
      with_location: settings.randomize_visitor_countries,
      order_prefix: 'B00000000-',
    },
  });
  process.stdout.write(flags.json ? `${JSON.stringify(plan)}\n` : forecastText(plan));
  return 0;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const n = (value: number): string => whole.format(value);

function forecastText(plan: BackfillPlan): string {
  const { window, requests, bytes, bulk_size, lanes } = plan;
  const how =
    bulk_size === null ? 'one a hit' : `of up to ${bulk_size} hits, as long as Matomo takes them`;
  const rows = plan.days.map((day) => [day.date, n(day.visits), n(day.hits)]);
  const lines = [
    'This is what a backfill would send; nothing was sent.',
    '',
    `  window   ${window.first_day} to ${window.last_day}, ${window.days} days in ${plan.timezone} (a backfill takes the site’s own timezone)`,
    `  visits   ${n(plan.visits)} with seed ${plan.seed}`,
    `  hits     ${n(plan.hits)}`,
    `  requests about ${n(requests)} (${plan.delivery}), ${how}, ${lanes} at a time`,
    `  bytes    about ${n(bytes / 1e6)} MB`,
    '',
    ...table(['day', 'visits', 'hits'], rows, '--json has them all'),
  ];
  return `${lines.join('\n')}\n`;
}
