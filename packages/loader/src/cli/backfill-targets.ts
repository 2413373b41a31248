import {
  type BackfillReport,
  formatProblem,
  type Problem,
  type Settings,
} from '@trafficinator/contract';
import type { Leg } from '../backfill/legs.ts';
import type { BackfillProcess } from '../backfill/process.ts';
import { SeveralBackfills } from '../backfill/several.ts';
import { Failure } from '../edge/failure.ts';
import { newSeed } from '../edge/identity.ts';
import { fillTarget, type LegParts } from './backfill-leg.ts';
import { backfillSources } from './backfill-sources.ts';
import { backfillText } from './backfill-text.ts';
import { mirrorSeed } from './mirror-seed.ts';
import { openStatusServer } from './status-server.ts';

/** What the backfills of several targets share. */
type Several = Omit<LegParts, 'leg' | 'newSeed' | 'watch'> & {
  readonly settings: Settings;
  readonly askedForPort: boolean;
};

/** Fills all targets at the same time; what stops one of them costs the others nothing. */
export async function fillTargets(legs: readonly Leg[], shared: Several): Promise<number> {
  const { settings, askedForPort, log, json } = shared;
  const names = legs.map(({ target }) => target.name);
  log.info({ targets: names }, 'a backfill of several targets');
  const seed = (shared.restart ? null : mirrorSeed(legs, settings, shared.material)) ?? newSeed();
  const all = new SeveralBackfills(names);
  const server = await openStatusServer(
    backfillSources(() => all.status(), all),
    settings,
    askedForPort,
    log,
  );
  const fill = async (leg: Leg): Promise<End & { readonly name: string }> => {
    const { name } = leg.target;
    const watch = async (backfill: BackfillProcess) => {
      all.begun(name, backfill);
      return null;
    };
    const parts = { ...shared, leg, newSeed: () => seed, watch, log: log.child({ target: name }) };
    const end = await endOf(() => fillTarget(parts));
    if (end.report === null) all.failed(name, troubleOf(end.problems));
    return { name, ...end };
  };
  try {
    const ends = await Promise.all(legs.map(fill));
    const exit_code = Math.max(...ends.map((end) => end.exit_code));
    process.stdout.write(
      json ? `${JSON.stringify({ exit_code, targets: ends })}\n` : ends.map(textOf).join('\n'),
    );
    return exit_code;
  } finally {
    await server?.close();
  }
}

interface End {
  readonly exit_code: number;
  readonly report: BackfillReport | null;
  readonly problems: readonly Problem[];
}

const troubleOf = (problems: readonly Problem[]): string =>
  problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, remedy }) => `${message} ${remedy}`)
    .join(' ');

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
