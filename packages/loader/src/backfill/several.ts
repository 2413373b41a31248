import type { BackfillReport, BackfillStatus } from '@trafficinator/contract';
import { FunnelTally } from '../account/funnel-tally.ts';
import { JourneyTally } from '../account/journey-tally.ts';
import { PluginTally } from '../account/plugin-tally.ts';

interface Health {
  readonly ok: boolean;
  readonly reason: string;
}

/** One backfill as others see it. */
export interface BackfillView {
  report(): BackfillReport;
  live(): Health;
  ready(): Health;
}

interface Part {
  readonly name: string;
  backfill: BackfillView | null;
  trouble: string | null;
}

/** Backfills of several targets in one process as one: sums, each one's report, and their health. */
export class SeveralBackfills {
  readonly #parts: readonly Part[];

  /** `names`: of the targets. */
  constructor(names: readonly string[]) {
    this.#parts = names.map((name) => ({ name, backfill: null, trouble: null }));
  }

  begun(name: string, backfill: BackfillView): void {
    this.#of(name).backfill = backfill;
  }

  /** A target's backfill could not begin, or not go on; `trouble`: why. */
  failed(name: string, trouble: string): void {
    this.#of(name).trouble = trouble;
  }

  status(): BackfillStatus {
    const targets = this.#parts.map(({ name, backfill, trouble }) => ({
      name,
      report: backfill?.report() ?? null,
      trouble,
    }));
    const reports = targets.flatMap(({ report }) => report ?? []);
    return {
      state: stateOf(targets),
      visits: sumOf(reports, ({ visits }) => visits, { planned: 0, done: 0, remaining: 0 }),
      hits: sumOf(reports, ({ hits }) => hits, {
        done: 0,
        accepted: 0,
        rejected: 0,
        failed: 0,
        unknown: 0,
      }),
      reasons: reasonsOf(reports),
      rate: sumOf(reports, ({ rate }) => rate, {
        visits_per_second: 0,
        hits_per_second: 0,
        requests_per_second: 0,
      }),
      eta_seconds: etaOf(targets),
      funnels: funnelsOf(reports),
      negative: sumOf(reports, ({ negative }) => negative, { visits: 0, hits: 0 }),
      journeys: journeysOf(reports),
      plugins: pluginsOf(reports),
      targets,
    };
  }

  /** Alive: every loop that is under way turned lately. */
  live(): Health {
    return this.#judge((backfill) => backfill.live(), false);
  }

  /** Ready: every target takes its hits, and none was given up. */
  ready(): Health {
    return this.#judge((backfill) => backfill.ready(), true);
  }

  #judge(ask: (backfill: BackfillView) => Health, endsMatter: boolean): Health {
    for (const { name, backfill, trouble } of this.#parts) {
      if (trouble !== null && endsMatter) return { ok: false, reason: `“${name}”: ${trouble}` };
      if (backfill === null) continue;
      const { state, exit_reason } = backfill.report();
      if (state === 'halted' && endsMatter) {
        return { ok: false, reason: `“${name}”: ${exit_reason}` };
      }
      const health = state === 'running' ? ask(backfill) : null;
      if (health?.ok === false) return { ok: false, reason: `“${name}”: ${health.reason}` };
    }
    return { ok: true, reason: this.status().state };
  }

  #of(name: string): Part {
    const part = this.#parts.find((each) => each.name === name);
    if (part === undefined) throw new Error(`no target is named ${name}`);
    return part;
  }
}

type Targets = BackfillStatus['targets'];

const isUnderWay = ({ report, trouble }: Targets[number]): boolean =>
  trouble === null && (report === null || report.state === 'running');

function stateOf(targets: Targets): BackfillStatus['state'] {
  if (targets.some(isUnderWay)) return 'running';
  const states = targets.map(({ report, trouble }) =>
    trouble === null ? report?.state : 'halted',
  );
  return states.includes('halted') ? 'halted' : states.includes('stopped') ? 'stopped' : 'finished';
}

/** When the last one is done; nobody can tell before each can. */
function etaOf(targets: Targets): number | null {
  const etas = targets.filter(isUnderWay).map(({ report }) => report?.eta_seconds ?? null);
  const known = etas.flatMap((eta) => eta ?? []);
  return known.length === 0 || known.length < etas.length ? null : Math.max(...known);
}

function sumOf<Numbers extends Record<string, number>>(
  reports: readonly BackfillReport[],
  of: (report: BackfillReport) => Numbers,
  nothing: Numbers,
): Numbers {
  const names = Object.keys(nothing) as (keyof Numbers)[];
  const total = (name: keyof Numbers) =>
    reports.reduce((sum, report) => sum + (of(report)[name] ?? 0), 0);
  // Rates have one decimal; sums of such have more by rounding alone.
  const entries = names.map((name) => [name, Math.round(total(name) * 10) / 10]);
  return Object.fromEntries(entries) as Numbers;
}

function funnelsOf(reports: readonly BackfillReport[]): BackfillStatus['funnels'] {
  const tally = new FunnelTally([]);
  for (const { funnels } of reports) tally.add(funnels);
  return tally.numbers();
}

function journeysOf(reports: readonly BackfillReport[]): BackfillStatus['journeys'] {
  const tally = new JourneyTally();
  for (const { journeys } of reports) tally.add(journeys);
  return tally.numbers();
}

/** How slow plugins are is of the whole process: each report says the same. */
function pluginsOf(reports: readonly BackfillReport[]): BackfillStatus['plugins'] {
  const [first] = reports;
  const slow = new Map((first?.plugins ?? []).map((each) => [each.name, each]));
  const tally = new PluginTally({ counts: () => slow });
  for (const { plugins } of reports) tally.add(plugins);
  return tally.numbers();
}

function reasonsOf(reports: readonly BackfillReport[]): BackfillStatus['reasons'] {
  const all = reports.flatMap(({ reasons }) => reasons);
  const alike = Map.groupBy(all, ({ outcome, reason }) => `${outcome} ${reason}`);
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, count: others.reduce((sum, { count }) => sum + count, first.count) }],
  );
}
