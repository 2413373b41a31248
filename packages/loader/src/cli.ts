import { calendarDate, exitCodes } from '@trafficinator/contract';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { reportFailure } from './cli/failure-report.ts';
import { parseDuration } from './edge/duration.ts';
import { version } from './edge/version.ts';

const exits = Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
  .join('\n');

/** Reads the arguments, runs the command and resolves to the exit code; never throws for a user's mistake. */
export async function runCli(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok.code;
  const finish = (code: number) => {
    exitCode = code;
  };
  const json = args.includes('--json');
  try {
    await program(finish).parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.ok.code : exitCodes.settings_invalid.code;
    }
    return reportFailure(error, json);
  }
}

/** The command tree. Commands are loaded when they run: `--help` must not wait for an HTTP client. */
function program(finish: (exitCode: number) => void): Command {
  const cli = new Command('trafficinator')
    .description(
      'Plans realistic visits, sends them to Matomo and tells the truth about what arrived.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.')
    .addHelpText(
      'after',
      `\nSettings come from the environment, SETTINGS_FILE, --env-file and --set, the later one wins.\n\nExit codes:\n${exits}\n\nFirst steps:\n  trafficinator demo                                       no Matomo needed\n  MATOMO_URL=https://matomo.example.com trafficinator check\n  MATOMO_URL=https://matomo.example.com trafficinator run --duration 60s`,
    );

  withSettings(cli.command('run'))
    .description('Send live traffic until the caps, the duration or a signal end it.')
    .option('--duration <time>', 'let visits arrive for so long, e.g. 60s, 1h30m', duration)
    .option('--new', 'begin a new run instead of going on with the last one', false)
    .option('--json', 'print the summary as one line of JSON, last on stdout', false)
    .action(async (o) => {
      const { runCommand } = await import('./cli/run.ts');
      finish(
        await runCommand({ ...o, duration_ms: o.duration ?? null, startNew: o.new, json: o.json }),
      );
    });

  withSettings(cli.command('backfill'))
    .description('Fill days of the past; goes on where an earlier run stopped.')
    .option('--restart', 'forget what was done and begin anew', false)
    .option('--dry-run', 'plan the whole window and say what would be sent; needs no target', false)
    .option('--status', 'show the report of this target’s backfill, send nothing', false)
    .option('--target <name>', 'with --status: which of several targets')
    .option('--json', 'print the report as one line of JSON, last on stdout', false)
    .action(async (o) => {
      const { backfillCommand } = await import('./cli/backfill.ts');
      finish(await backfillCommand(o));
    });

  withSettings(cli.command('reconcile'))
    .description('Compare a backfill with Matomo’s reports, day by day, and name what differs.')
    .option('--target <name>', 'which of several targets')
    .option('--json', 'print the result as one line of JSON, last on stdout', false)
    .option('--junit <file>', 'write the result as JUnit XML, a test case for each day')
    .option('--wait <seconds>', 'how long to wait for numbers that still move', wholeNumber, 60)
    .action(async (o) => {
      const { reconcileCommand } = await import('./cli/reconcile.ts');
      finish(await reconcileCommand(o));
    });

  withSettings(cli.command('plan'))
    .description('Show what would be sent, send nothing.')
    .option('--visits <n>', 'how many visits (default: 10, with --summary 100000)', wholeNumber)
    .option('--from <i>', 'index of the first visit', wholeNumber, 0)
    .option('--day <date>', 'as on this day of the site, whose first visit has index 0', date)
    .option(
      '--days <n>',
      'list so many days with their volumes instead, from --day or today',
      atLeastOne,
    )
    .addOption(
      new Option('--format <format>', 'how to print')
        .choices(['table', 'jsonl', 'csv', 'curl'])
        .default('table'),
    )
    .option('--summary', 'count shares and totals instead, beside what was asked for', false)
    .option('--json', 'with --summary: print one line of JSON', false)
    .action(async (o) => {
      const { planCommand } = await import('./cli/plan.ts');
      finish(await planCommand(o));
    });

  withSettings(cli.command('check'))
    .description('Check the settings and ask the target; sends one marked visit.')
    .option('--skip-connection', 'check the settings only, ask nobody', false)
    .option('--backfill', 'for a backfill: its rules too, and one marked visit of the past', false)
    .option('--timeout <seconds>', 'longest wait for each answer', wholeNumber, 10)
    .option('--json', 'print one line of JSON, last on stdout', false)
    .action(async (o) => {
      const { runCheck } = await import('./cli/check.ts');
      finish(await runCheck(o));
    });

  cli
    .command('material')
    .description(
      'Print built-in material as a file to edit: urls for URLS_FILE, events for EVENTS_FILE.',
    )
    .addArgument(new Argument('<file>', 'which').choices(['urls', 'events']))
    .action(async (file) => {
      const { materialCommand } = await import('./cli/built-in-file.ts');
      finish(await materialCommand(file));
    });

  cli
    .command('demo')
    .description(
      'Send accelerated traffic to a built-in stand-in Matomo and compare what it recorded.',
    )
    .option('--visits <n>', 'how many visits', atLeastOne, 500)
    .option('--seed <s>', 'which visits', wholeNumber, 1)
    .option('--json', 'print the result as one line of JSON, last on stdout', false)
    .action(async (o) => {
      const { demoCommand } = await import('./cli/demo.ts');
      finish(await demoCommand(o));
    });

  return cli;
}

function withSettings(command: Command): Command {
  return command
    .option('--env-file <file>', 'settings from a .env file, e.g. presets/.env.light')
    .option(
      '--set <NAME=VALUE>',
      'one setting; may be repeated; NAME= brings its default back',
      collect,
      [] as string[],
    );
}

const collect = (value: string, all: string[]): string[] => [...all, value];

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return value;
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return value;
}

function date(text: string): string {
  const read = calendarDate('It', text);
  if ('code' in read) throw new InvalidArgumentError(`${read.message} ${read.remedy}`);
  return read.value;
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('Write for example 90s, 15m or 1h30m.');
  return ms;
}
