import { Command, CommanderError } from 'commander';
import { addDataCommands } from './cli/data-commands.ts';
import { ConfigError, configOf } from './config.ts';
import { StoreError } from './ports/store/kept.ts';
import { OpeningError } from './ports/store/opening.ts';
import { version } from './version.ts';

/** What the program ends with. */
const exits = { ok: 0, unexpected: 1, unusable: 2, terminated: 143, interrupted: 130 } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the arguments and runs the command; resolves to the exit code, and never throws for a user's mistake. */
export async function runCli(
  args: readonly string[],
  environment: Environment,
  readFile: (path: string) => string,
): Promise<number> {
  let code: number = exits.ok;
  const cli = new Command('trafficinator-control')
    .description('The control service: drives loaders, and serves the panel and its API.')
    .version(version)
    .exitOverride();
  cli
    .command('serve', { isDefault: true })
    .description('Serve until a stop signal; loaders live on without the service.')
    .option('--rehearsal', 'start a stand-in Matomo beside it, as the first target', false)
    .option('--data <folder>', 'what only the service may read (CONTROL_DATA_DIR)')
    .option('--port <port>', 'where to listen (CONTROL_UI_PORT)')
    .action(async (o: { rehearsal: boolean; data?: string; port?: string }) => {
      const { serve } = await import('./serve/serve.ts');
      const config = configOf(
        {
          ...environment,
          ...(o.data !== undefined && { CONTROL_DATA_DIR: o.data }),
          ...(o.port !== undefined && { CONTROL_UI_PORT: o.port }),
        },
        readFile,
      );
      const service = await serve(config, o, forLoaders(environment), (line) =>
        process.stderr.write(`${line}\n`),
      );
      code = await stopSignal();
      await service.close();
    });
  addDataCommands(cli, {
    environment,
    readFile,
    say: (line) => process.stdout.write(`${line}\n`),
    finish: (exit) => {
      code = exit;
    },
  });
  try {
    await cli.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return tell(error);
  }
}

/** What a loader's process needs of the surroundings; no setting and no secret is among it. */
function forLoaders(environment: Environment): Record<string, string> {
  const names = ['PATH', 'HOME', 'TZ', 'LANG', 'TMPDIR', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function stopSignal(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve(exits.ok));
    process.once('SIGINT', () => resolve(exits.interrupted));
  });
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.unusable;
  if (error instanceof ConfigError) {
    for (const mistake of error.mistakes) process.stderr.write(`error: ${mistake}\n`);
    return exits.unusable;
  }
  if (error instanceof OpeningError) {
    process.stderr.write(`error: ${error.message} ${error.remedy}\n`);
    return exits.unusable;
  }
  if (error instanceof StoreError) {
    process.stderr.write(`error: ${error.message}\n`);
    return exits.unusable;
  }
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    process.stderr.write(
      `error: The service cannot listen (${code}). Stop what listens there, or set CONTROL_UI_PORT.\n`,
    );
    return exits.unusable;
  }
  process.stderr.write(`error: Something failed that should not fail: ${stack ?? message}\n`);
  return exits.unexpected;
}
