import { exitCodes, type RunSummary } from '@trafficinator/contract';
import { summaryOf } from '../account/summary.ts';
import { systemClock } from '../edge/clock.ts';
import { Progress } from '../edge/progress.ts';
import { onStopSignals } from '../edge/signals.ts';
import { comparisonText, differences, inUnits } from './comparison.ts';
import { type DemoOutcome, demoRunId, runDemo } from './demo-run.ts';

export interface DemoFlags {
  readonly visits: number;
  readonly seed: number;
  readonly json: boolean;
}

/**
 * `trafficinator demo`: sends visits to a stand-in in this process, then lays what the plan predicted
 * beside what the stand-in's reports say. Resolves to 0 only if every number is equal.
 */
export async function demoCommand(flags: DemoFlags): Promise<number> {
  let interrupted: number | null = null;
  let forget = () => {};
  const progress = new Progress(
    process.stderr,
    () => {},
    process.stderr.isTTY === true && !flags.json,
  );
  if (!flags.json) process.stderr.write(introduction(flags));
  const outcome = await runDemo({
    visits: flags.visits,
    seed: flags.seed,
    clock: systemClock,
    running: (run) => {
      forget = onStopSignals((exitCode) => {
        interrupted = exitCode;
        run.stop();
      });
    },
    beat: (status) => progress.beat(status),
  }).finally(() => forget());
  progress.end();
  const { planned, recorded, books } = outcome;
  const equal =
    books.tally.visits.delivered === flags.visits && differences(planned, recorded).length === 0;
  const exit_code = interrupted ?? (equal ? exitCodes.ok.code : exitCodes.not_delivered.code);
  const reason =
    interrupted !== null
      ? 'Stopped by a signal before the end.'
      : equal
        ? 'Every number is equal.'
        : 'The numbers differ.';
  const summary = demoSummary(outcome, flags.seed, exit_code, reason);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ ...summary, equal, planned: inUnits(planned), recorded: inUnits(recorded) })}\n`
      : comparisonText(planned, recorded, summary),
  );
  return exit_code;
}

function demoSummary(
  outcome: DemoOutcome,
  seed: number,
  exit_code: number,
  exit_reason: string,
): RunSummary {
  return summaryOf(outcome.books, {
    run_id: demoRunId(seed),
    seed,
    settings: outcome.settings,
    exit_code,
    exit_reason,
    planned_per_day: outcome.settings.target_visits_per_day,
    achieved_per_day: outcome.achieved_per_day,
    started_at_ms: outcome.started_at_ms,
    ended_at_ms: systemClock.now(),
    resumed_from: null,
    notices: ['The target is a stand-in inside this program, not a Matomo.'],
    targets: [],
  });
}

const introduction = (flags: DemoFlags): string =>
  `Sending ${flags.visits} visits (seed ${flags.seed}) to a stand-in Matomo inside this program. Nothing leaves this machine.\n`;
