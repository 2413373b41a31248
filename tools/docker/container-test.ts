/**
 * The container test: builds the images and runs them as a user would, on a real Docker engine. Ends with
 * `N passed, N failed`. Where there is no engine it says so and passes, except with CI set: there it has
 * to run. Run: `node tools/docker/container-test.ts`; a word chooses the groups with it in their titles.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlImages } from './cases/control/images.ts';
import { controlLife } from './cases/control/life.ts';
import { production } from './cases/control/production.ts';
import { dailyCap } from './cases/daily-cap.ts';
import { dockerRunner } from './cases/docker-runner.ts';
import { imageAlone } from './cases/image.ts';
import { rehearsalRuns } from './cases/rehearsal.ts';
import { settingsArrive } from './cases/settings.ts';
import { Checks } from './checks.ts';
import { root } from './command.ts';
import { type Engine, NoEngine, openEngine } from './engine.ts';
import { Trial } from './trial.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const cases = [
  ['The image alone', imageAlone],
  ['Settings reach the loader', settingsArrive],
  ['A rehearsal, and stopping it', rehearsalRuns],
  ['The daily cap over restarts', dailyCap],
  ['The docker runner of the control service', dockerRunner],
  ['The images of the control service', controlImages],
  ['A life of the control service', controlLife],
  ['The control service in production', production],
] as const;

async function main(): Promise<number> {
  let engine: Engine;
  try {
    engine = await openEngine(say);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    say(`NOT RUN: container test. ${error.message}`);
    return process.env.CI ? 1 : 0;
  }
  const checks = new Checks(say);
  const trial = new Trial(engine);
  const leave = async (): Promise<void> => {
    await trial.end().finally(() => engine.close());
  };
  onStopSignal(leave);
  try {
    await runCases(engine, checks, trial);
  } finally {
    await leave();
  }
  say(`\n${checks.passed} passed, ${checks.failed} failed`);
  return checks.failed > 0 || checks.passed === 0 ? 1 : 0;
}

async function runCases(engine: Engine, checks: Checks, trial: Trial): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/loader/package.json'), 'utf8'));
  say('Building the images …');
  await trial.build();
  const word = process.argv[2] ?? '';
  for (const [title, body] of cases.filter(([name]) => name.includes(word))) {
    await checks.group(title, async () => {
      await body({ engine, checks, trial, version });
      await trial.removeStacks();
    });
  }
}

/** A test that is interrupted leaves nothing behind either. */
function onStopSignal(leave: () => Promise<void>): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      void leave().finally(() => process.exit(code));
    });
  }
}

process.exitCode = await main();
