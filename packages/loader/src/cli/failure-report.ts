import { exitCodes, formatProblem, type Problem } from '@trafficinator/contract';
import { Failure } from '../edge/failure.ts';

/** Tells a failure on stderr (and as JSON on stdout, if asked for); resolves to the exit code. */
export function reportFailure(error: unknown, json: boolean): number {
  if (!(error instanceof Failure)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`This should not have happened: ${text}\n`);
    return exitCodes.unexpected.code;
  }
  const { problems, exitCode } = error;
  for (const found of problems) process.stderr.write(`${formatProblem(found)}\n`);
  const of = (severity: Problem['severity']) => problems.filter((p) => p.severity === severity);
  if (json) {
    const report = {
      ok: false,
      exit_code: exitCode,
      errors: of('error'),
      warnings: of('warning'),
      notices: of('notice'),
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  }
  const errors = of('error').length;
  process.stderr.write(`${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was sent.\n`);
  return exitCode;
}
