import {
  type BackfillReport,
  formatProblem,
  type Problem,
  type Settings,
} from '@trafficinator/contract';
import { type Leg, legsOf } from '../backfill/legs.ts';
import { Failure } from '../edge/failure.ts';
import { newSeed } from '../edge/identity.ts';
import { openLog } from '../edge/log.ts';
import { logSettings } from '../edge/log-settings.ts';
import { loadMaterial } from '../edge/material.ts';
import type { SettingsFlags } from '../edge/settings.ts';
import { openBatches } from '../edge/state.ts';
import { printForecast } from './backfill-dry-run.ts';
import { fillTarget, type LegParts, logProblems } from './backfill-leg.ts';
import { backfillSettings } from './backfill-settings.ts';
import { printStatus } from './backfill-status.ts';
import { backfillText } from './backfill-text.ts';

export interface BackfillFlags extends SettingsFlags {
  readonly restart: boolean;
  readonly status: boolean;
  readonly dryRun?: boolean;
  /** With `status`: which target. */
  readonly target?: string;
  readonly json: boolean;
}

/** `trafficinator backfill`: fills days of the past. Resolves to the exit code. */
export async function backfillCommand(flags: BackfillFlags): Promise<number> {
  if (flags.status) return printStatus(flags);
  if (flags.dryRun) return printForecast(flags);
  const read = backfillSettings(flags, 'send', (text) => process.stderr.write(text));
  const { settings } = read;
  const log = openLog(settings.log_level);
  const { material, problems } = loadMaterial(settings);
  logProblems(log, problems);
  logSettings(log, settings);
  const legs = legsOf(settings);
  const shared = {
    material,
    restart: flags.restart,
    seed: settings.backfill_seed ?? settings.seed,
    json: flags.json,
  };
  const [only] = legs;
  if (only !== undefined && legs.length === 1) {
    const askedForPort = read.askedForPort;
    const report = await fillTarget({ ...shared, leg: only, newSeed, askedForPort, log });
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : backfillText(report));
    return report.exit_code ?? 0;
  }
  return fillTargets(legs, { ...shared, settings, log });
}

type Several = Omit<LegParts, 'leg' | 'newSeed' | 'askedForPort'> & { readonly settings: Settings };

/** Fills all targets at the same time; what stops one of them costs the others nothing. */
async function fillTargets(legs: readonly Leg[], shared: Several): Promise<number> {
  const { log, json } = shared;
  log.info(
    { targets: legs.map(({ target }) => target.name) },
    'a backfill of several targets; no status server',
  );
  const seed = begunSeed(legs, shared.restart) ?? newSeed();
  const parts = { ...shared, newSeed: () => seed, askedForPort: null };
  const ends = await Promise.all(
    legs.map(async (leg) => {
      const own = { ...parts, leg, log: log.child({ target: leg.target.name }) };
      return { name: leg.target.name, ...(await endOf(() => fillTarget(own))) };
    }),
  );
  const exit_code = Math.max(...ends.map((end) => end.exit_code));
  process.stdout.write(
    json ? `${JSON.stringify({ exit_code, targets: ends })}\n` : ends.map(textOf).join('\n'),
  );
  return exit_code;
}

interface End {
  readonly exit_code: number;
  readonly report: BackfillReport | null;
  readonly problems: readonly Problem[];
}

async function endOf(fill: () => Promise<BackfillReport>): Promise<End> {
  try {
    const report = await fill();
    return { exit_code: report.exit_code ?? 0, report, problems: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { exit_code: error.exitCode, report: null, problems: error.problems };
  }
}

const textOf = ({ name, report, problems }: End & { readonly name: string }): string => {
  const told = problems.map((found) => `${formatProblem(found)}\n`).join('');
  return `== ${name}\n${report === null ? told : backfillText(report)}`;
};

/** The seed of a mirrored backfill that one of the targets has begun: the others must follow it. */
function begunSeed(legs: readonly Leg[], restart: boolean): number | null {
  if (restart) return null;
  for (const { target, settings, seedOf } of legs) {
    const journal = openBatches(settings, target);
    const seed = journal.latest()?.seed;
    journal.close();
    if (seed !== undefined && seedOf(seed) === seed) return seed;
  }
  return null;
}
