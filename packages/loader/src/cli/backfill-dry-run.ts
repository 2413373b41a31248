import {
  type BackfillPlan,
  type BackfillWindow,
  backfillWindow,
  type Settings,
} from '@trafficinator/contract';
import { forecast } from '../backfill/forecast.ts';
import { type Leg, legsOf } from '../backfill/legs.ts';
import { planBackfill } from '../backfill/planned.ts';
import { systemClock } from '../edge/clock.ts';
import { loadMaterial } from '../edge/material.ts';
import type { SettingsFlags } from '../edge/settings.ts';
import type { Material } from '../plan/material/material.ts';
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
  const facts = { window, material: loadMaterial(settings).material, now_ms: systemClock.now() };
  const legs = legsOf(settings);
  if (legs.length < 2) {
    const plan = forecastOf(settings, legs[0] ?? null, facts);
    const text = [introduction, ...forecastLines(plan)].join('\n');
    process.stdout.write(flags.json ? `${JSON.stringify(plan)}\n` : `${text}\n`);
    return 0;
  }
  const targets = legs.map((leg) => ({
    name: leg.target.name,
    plan: forecastOf(settings, leg, facts),
  }));
  const blocks = targets.map(({ name, plan }) => ['', `== ${name}`, ...forecastLines(plan)]);
  const text = [introduction, ...blocks.flat()].join('\n');
  process.stdout.write(flags.json ? `${JSON.stringify({ targets })}\n` : `${text}\n`);
  return 0;
}

interface Facts {
  readonly window: BackfillWindow;
  readonly material: Material;
  readonly now_ms: number;
}

/** What a target would get, as it is for that one; `leg` is null when no target is known. */
function forecastOf(all: Settings, leg: Leg | null, { window, material, now_ms }: Facts) {
  const settings = leg?.settings ?? all;
  const asked = all.backfill_seed ?? all.seed ?? defaultSeed;
  const seed = leg?.seedOf(asked) ?? asked;
  const zone = settings.timezone;
  const begun = { ...window, zone, cut_ms: now_ms, seed };
  const bulk = settings.delivery !== 'single';
  return forecast({
    settings,
    planned: planBackfill(begun, settings, material, leg?.target.features ?? null),
    window,
    zone,
    seed,
    lanes: lanesOf(settings, bulk),
    bulk,
    query: {
      site_id: settings.matomo_site_id,
      with_location: settings.randomize_visitor_countries,
      order_prefix: 'B00000000-',
    },
  });
}

const introduction = 'This is what a backfill would send; nothing was sent.';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const n = (value: number): string => whole.format(value);

/** The day that Matomo and the caps must be made for. */
function busiest({ days }: BackfillPlan): string[] {
  const [first, ...others] = days;
  if (first === undefined || others.length === 0) return [];
  const peak = others.reduce((most, day) => (day.visits > most.visits ? day : most), first);
  return [`  busiest  ${n(peak.visits)} visits on ${peak.date}`];
}

/** The part that Matomo must not record, if there is one. */
function negativeLine({ negative: { visits, hits } }: BackfillPlan): string[] {
  if (visits === 0) return [];
  return [
    `  negative ${n(visits)} of the visits with ${n(hits)} hits, which Matomo must not record`,
  ];
}

function forecastLines(plan: BackfillPlan): readonly string[] {
  const { window, requests, bytes, bulk_size, lanes } = plan;
  const how =
    bulk_size === null ? 'one a hit' : `of up to ${bulk_size} hits, as long as Matomo takes them`;
  const rows = plan.days.map((day) => [day.date, n(day.visits), n(day.hits)]);
  return [
    '',
    `  window   ${window.first_day} to ${window.last_day}, ${window.days} days in ${plan.timezone} (a backfill takes the site’s own timezone)`,
    `  visits   ${n(plan.visits)} with seed ${plan.seed}`,
    ...busiest(plan),
    `  hits     ${n(plan.hits)}`,
    ...negativeLine(plan),
    `  requests about ${n(requests)} (${plan.delivery}), ${how}, ${lanes} at a time`,
    `  bytes    about ${n(bytes / 1e6)} MB`,
    '',
    ...table(['day', 'visits', 'hits'], rows, '--json has them all'),
  ];
}
