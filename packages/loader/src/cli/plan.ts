import { formatProblem, type Settings } from '@trafficinator/contract';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { loadMaterial } from '../edge/material.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { TextSink } from '../edge/text-sink.ts';
import { dayOf } from '../pace/calendar.ts';
import { liveCrowd } from '../pace/live-crowd.ts';
import { compilePlan } from '../plan/plan.ts';
import type { Visit } from '../plan/visit.ts';
import type { QueryOptions } from '../send/query.ts';
import { agendaOf } from './plan-agenda.ts';
import { daysAsJson, daysAsText, plannedDays } from './plan-days.ts';
import { planSummary } from './plan-summary.ts';
import { csvHead, visitCsvRows } from './visit-csv.ts';
import { visitCurlLines } from './visit-curl.ts';
import { visitJsonLine } from './visit-jsonl.ts';
import { visitTable } from './visit-table.ts';

export interface PlanFlags extends SettingsFlags {
  readonly visits?: number;
  readonly from: number;
  readonly format: 'table' | 'jsonl' | 'csv' | 'curl';
  /** `YYYY-MM-DD`, a day of the site in TIMEZONE. */
  readonly day?: string;
  readonly days?: number;
  /** Count what the visits add up to instead of printing them. */
  readonly summary: boolean;
  readonly json: boolean;
}

/** The seed that `plan` looks at when none is set. */
const defaultSeed = 1;
const usualVisits = 10;

/** `trafficinator plan`: prints visits of the plan or what they add up to, sends nothing. Resolves to the exit code. */
export async function planCommand(flags: PlanFlags): Promise<number> {
  const read = settingsOfProcess(flags, 'plan');
  if (!read.ok) throw new Failure(read.problems);
  const { settings } = read;
  const { material, problems } = loadMaterial(settings);
  for (const found of [...read.problems, ...problems]) {
    if (found.severity === 'warning') process.stderr.write(`${formatProblem(found)}\n`);
  }
  const seed = settings.seed ?? defaultSeed;
  const { day, days, format } = flags;
  const sink = new TextSink(process.stdout);
  if (flags.summary) await sink.write(planSummary(settings, material, flags));
  else if (days !== undefined) {
    const first = day ?? dayOf(systemClock.now(), settings.timezone);
    const planned = plannedDays(settings, seed, first, days);
    await sink.write(format === 'jsonl' ? daysAsJson(planned) : daysAsText(planned, settings));
  } else {
    const plan = compilePlan(settings, material, seed, liveCrowd(settings, material, seed));
    const print = printerOf(format, settings, seed);
    const agenda = agendaOf(settings, seed, day ?? null);
    const end = flags.from + (flags.visits ?? usualVisits);
    let isRead = await sink.write(headOf(flags, settings, seed));
    for (let index = flags.from; isRead && index < end; index++) {
      const { arrives_ms, site_day } = agenda(index);
      isRead = await sink.write(print(plan(index, site_day), arrives_ms));
    }
  }
  await sink.flush();
  return 0;
}

/** What stands above the visits. */
function headOf({ format, day }: PlanFlags, settings: Settings, seed: number): string {
  if (format === 'csv') return csvHead;
  if (format !== 'table' || day === undefined) return '';
  return `${daysAsText(plannedDays(settings, seed, day, 1), settings)}\n`;
}

function printerOf(
  format: PlanFlags['format'],
  settings: Settings,
  seed: number,
): (visit: Visit, arrives_ms: number) => string {
  const query = planQuery(settings, seed);
  switch (format) {
    case 'jsonl':
      return (visit) => visitJsonLine(visit, query);
    case 'curl':
      return (visit) => visitCurlLines(visit, query, settings);
    case 'csv':
      return (visit, arrives_ms) => visitCsvRows(visit, arrives_ms, query);
    case 'table':
      return (visit, arrives_ms) => visitTable(visit, arrives_ms, query.with_location);
  }
}

/** Queries as a run would send them; orders carry the seed where a run puts its own id. */
function planQuery(settings: Settings, seed: number): QueryOptions {
  return {
    site_id: settings.matomo_site_id,
    with_location: settings.matomo_token_auth !== null && settings.randomize_visitor_countries,
    order_prefix: `S${seed.toString(36).toUpperCase()}-`,
  };
}
