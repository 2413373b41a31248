import type { Settings } from '@trafficinator/contract';
import { formatProblem } from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { loadMaterial } from '../edge/material.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { dayBounds, dayOf } from '../pace/calendar.ts';
import { liveShape } from '../pace/curve/live-shape.ts';
import { Schedule } from '../pace/schedule.ts';
import { compilePlan } from '../plan/plan.ts';
import type { Visit } from '../plan/visit.ts';
import { hitPart, type QueryOptions, visitPart } from '../send/query.ts';
import { daysAsJson, daysAsText, plannedDays } from './plan-days.ts';
import { visitTable } from './visit-table.ts';

export interface PlanFlags extends SettingsFlags {
  readonly visits: number;
  readonly from: number;
  readonly format: 'table' | 'jsonl' | 'curl';
  /** `YYYY-MM-DD`, a day of the site in TIMEZONE. */
  readonly day?: string;
  readonly days?: number;
}

/** The seed that `plan` looks at when none is set. */
const defaultSeed = 1;
const exampleUrl = 'https://matomo.example.com/matomo.php';

/** `trafficinator plan`: prints visits of the plan, sends nothing. Resolves to the exit code. */
export async function planCommand(flags: PlanFlags): Promise<number> {
  const read = settingsOfProcess(flags, 'plan');
  if (!read.ok) throw new Failure(read.problems);
  const { settings } = read;
  const { material, problems } = loadMaterial(settings);
  for (const found of [...read.problems, ...problems]) {
    if (found.severity === 'warning') process.stderr.write(`${formatProblem(found)}\n`);
  }
  const seed = settings.seed ?? defaultSeed;
  // Each write tells its own error; without a listener the stream would end the process for it.
  process.stdout.on('error', () => {});
  const { day, days, format } = flags;
  if (days !== undefined) {
    const first = day ?? dayOf(systemClock.now(), settings.timezone);
    const planned = plannedDays(settings, seed, first, days);
    await printed(format === 'jsonl' ? daysAsJson(planned) : daysAsText(planned, settings));
    return 0;
  }
  const plan = compilePlan(settings, material, seed);
  const query = planQuery(settings, seed);
  const agenda = day === undefined ? anyDay(settings, seed) : onDay(settings, seed, day);
  if (day !== undefined && format === 'table') {
    await printed(`${daysAsText(plannedDays(settings, seed, day, 1), settings)}\n`);
  }
  for (let index = flags.from; index < flags.from + flags.visits; index++) {
    const { arrives_ms, site_day } = agenda(index);
    const visit = plan(index, site_day);
    const text =
      format === 'jsonl'
        ? `${JSON.stringify(visitRecord(visit, query))}\n`
        : format === 'curl'
          ? curlLines(visit, query, settings)
          : visitTable(visit, arrives_ms, query.with_location);
    if (!(await printed(text))) break;
  }
  return 0;
}

/** When a visit arrives, from the beginning of what is shown, and on which day of the site. */
type Agenda = (index: number) => { readonly arrives_ms: number; readonly site_day?: string };

/** Evenly, on a day that no campaign and no season is about. */
function anyDay(settings: Settings, seed: number): Agenda {
  const schedule = new Schedule(seed, settings.target_visits_per_day, 0, 0);
  return (index) => ({ arrives_ms: schedule.momentOf(index) });
}

/** As in a run that begins at a day's midnight. */
function onDay(settings: Settings, seed: number, day: string): Agenda {
  const { target_visits_per_day: visits_per_day, timezone } = settings;
  const { start_ms } = dayBounds(day, timezone);
  const shape = liveShape(settings, { visits_per_day, seed, started_at_ms: start_ms }, 0);
  const schedule = new Schedule(seed, visits_per_day, start_ms, 0, shape);
  return (index) => {
    const at_ms = schedule.momentOf(index);
    return { arrives_ms: at_ms - start_ms, site_day: dayOf(at_ms, timezone) };
  };
}

/** Queries as a run would send them; orders carry the seed where a run puts its own id. */
function planQuery(settings: Settings, seed: number): QueryOptions {
  return {
    site_id: settings.matomo_site_id,
    with_location: settings.matomo_token_auth !== null && settings.randomize_visitor_countries,
    order_prefix: `S${seed.toString(36).toUpperCase()}-`,
  };
}

/**
 * A visit as one JSON object: its hits with the parameters they are sent with. What depends on when the
 * visit starts (h, m, s, cdt) is left out; offsets are from the visit's start.
 */
function visitRecord(visit: Visit, query: QueryOptions): object {
  const { visitor } = visit;
  return {
    visit: visit.index,
    visitor_id: visitor.id,
    ...(visit.site_day && { site_day: visit.site_day }),
    duration_ms: visit.duration_ms,
    device: visitor.device.kind,
    country: visitor.place.country,
    timezone: visitor.zone,
    ...(visit.funnel && { funnel: visit.funnel.name }),
    hits: visit.hits.map((hit) => ({
      kind: hit.kind,
      offset_ms: hit.offset_ms,
      pause_ms: hit.pause_ms,
      ...(visit.funnel?.steps.includes(hit) && { step: visit.funnel.steps.indexOf(hit) + 1 }),
      params: Object.fromEntries(
        new URLSearchParams(visitPart(visitor, query) + hitPart(hit, query)),
      ),
    })),
  };
}

function curlLines(visit: Visit, query: QueryOptions, settings: Settings): string {
  const url = settings.matomo_url ?? exampleUrl;
  const shared = visitPart(visit.visitor, query);
  const lines = visit.hits.map((hit) => {
    const text = shared + hitPart(hit, query);
    return settings.matomo_token_auth === null
      ? `curl -sS '${url}?${quoted(text)}'`
      : `curl -sS '${url}' --data '${quoted(text)}&token_auth=***'`;
  });
  return `# visit ${visit.index}\n${lines.join('\n')}\n`;
}

/** encodeURIComponent leaves the apostrophe alone, a shell does not. */
const quoted = (text: string): string => text.replaceAll("'", '%27');

/** Whether the text found its reader: one that has seen enough, as `head`, closes the pipe. */
function printed(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true);
      // main.ts tells of anything but a reader who has seen enough.
      else resolve(false);
    });
  });
}
