import { exitCodes, type ReconcileReport } from '@trafficinator/contract';
import type { Site } from '../send/preflight/api.ts';
import type { Baseline } from './baseline.ts';
import type { Cause } from './causes/cause.ts';
import type { ComparedDay } from './compare.ts';
import { figure, sumOf } from './figures.ts';
import type { Metric } from './metric.ts';
import { noticesOf } from './notices.ts';
import type { Prediction } from './predict.ts';
import type { Replay } from './replay.ts';

export interface ReconcileFacts {
  readonly replay: Replay;
  readonly site: Site;
  readonly prediction: Prediction;
  readonly baseline: Baseline | null;
  readonly days: readonly ComparedDay[];
  /** By date, of the days that differ. */
  readonly causes: ReadonlyMap<string, readonly Cause[]>;
  /** That can be predicted for this site. */
  readonly metrics: readonly Metric[];
  /** Reports that Matomo does not give, by title, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Metrics that cannot be predicted for this site, and why. */
  readonly untold: ReadonlyMap<string, string>;
  readonly zone_differs: boolean;
  readonly reads: number;
  readonly moving: boolean;
  /** Of the site. */
  readonly today: string;
}

/** The result in the form that programs read. */
export function reportOf(facts: ReconcileFacts): ReconcileReport {
  const { replay, site, prediction, baseline, days } = facts;
  const different = days.filter(({ differences }) => differences.length > 0);
  const ok = different.length === 0;
  const compared = facts.metrics.filter(({ report }) => !facts.refused.has(report));
  return {
    ok,
    exit_code: (ok ? exitCodes.ok : exitCodes.reconcile_mismatch).code,
    run_id: replay.backfill.run_id,
    target: { url: replay.settings.matomo_url ?? '', site_id: replay.settings.matomo_site_id },
    timezone: site.timezone,
    window: replay.window,
    finished: replay.backfill.ended_at_ms !== null,
    batches: prediction.batches,
    hits: {
      accepted: prediction.accepted_hits,
      uncertain: prediction.uncertain.reduce((sum, { hits }) => sum + hits, 0),
    },
    negative: { ...prediction.negative },
    baseline_taken_at: baseline?.taken_at ?? null,
    days: {
      compared: days.length,
      equal: days.length - different.length,
      different: different.length,
    },
    equal_days: days
      .filter(({ differences }) => differences.length === 0)
      .map(({ date, planned }) => ({
        date,
        visits: figure(planned, 'visits'),
        actions: figure(planned, 'actions'),
      })),
    metrics: compared.map(({ name }) => name),
    totals: totalsOf(days, compared),
    differences: different.map((day) => differencesOf(day, facts.causes.get(day.date) ?? [])),
    not_compared: notCompared(facts),
    notices: noticesOf(facts),
    reads: facts.reads,
  };
}

function totalsOf(
  days: readonly ComparedDay[],
  metrics: readonly Metric[],
): ReconcileReport['totals'] {
  const planned = sumOf(days.map((day) => day.planned));
  const recorded = sumOf(days.map((day) => day.recorded));
  const baseline = sumOf(days.map((day) => day.baseline));
  return Object.fromEntries(
    metrics
      .filter(({ subtractable }) => subtractable)
      .map(({ name }) => {
        const its = figure(recorded, name) - figure(baseline, name);
        return [name, { planned: figure(planned, name), recorded: its }];
      }),
  );
}

function differencesOf(
  { date, differences }: ComparedDay,
  causes: readonly Cause[],
): ReconcileReport['differences'][number] {
  return {
    date,
    metrics: differences.map(({ metric, ...numbers }) => ({
      metric: metric.name,
      unit: metric.unit,
      report: metric.report,
      ...numbers,
      cause: causes.find(({ explains }) => explains.includes(metric.name))?.code ?? 'unexplained',
    })),
    causes: causes.map(({ code, label, text, missing_visits = [] }) => ({
      code,
      label,
      text,
      missing_visits: [...missing_visits],
    })),
  };
}

function notCompared(facts: ReconcileFacts): ReconcileReport['not_compared'] {
  const never = [
    ...[...facts.untold].map(([metric, reason]) => ({ metric, reason, days: null })),
    ...facts.metrics.flatMap(({ name, report }) => {
      const why = facts.refused.get(report);
      return why === undefined
        ? []
        : [{ metric: name, reason: `Matomo does not give ${report}: ${why}`, days: null }];
    }),
  ];
  const byMetric = Map.groupBy(
    facts.days.flatMap(({ date, not_comparable }) =>
      not_comparable.map((metric) => ({ metric, date })),
    ),
    ({ metric }) => metric,
  );
  const sometimes = [...byMetric].map(([metric, entries]) => ({
    metric,
    reason: 'the day had data before, and what was there cannot be taken off',
    days: entries.map(({ date }) => date),
  }));
  return [...never, ...sometimes];
}
