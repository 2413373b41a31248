import { readFileSync } from 'node:fs';
import { type Command, HELP, readArguments } from './cli/arguments.ts';
import { startFakeMatomo } from './index.ts';

const USAGE_ERROR = 2;
const CANNOT_LISTEN = 3;

/** Runs the stand-in until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const command = readArguments(process.argv.slice(2), (path) => readFileSync(path, 'utf8'));
  if (command.kind === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (command.kind === 'mistake') {
    process.stderr.write(`${command.message}\n`);
    process.exitCode = USAGE_ERROR;
    return;
  }
  await run(command);
}

async function run(command: Extract<Command, { kind: 'run' }>): Promise<void> {
  const { port, host } = command.options;
  try {
    const fake = await startFakeMatomo(command.options);
    process.stdout.write(
      `A stand-in for Matomo (not Matomo) listens at ${fake.url}; tracker ${fake.tracker_url}\n`,
    );
    const end = () => void fake.close().then(() => process.exit(0));
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
    if (command.attached) process.stdin.once('end', end).resume();
  } catch (error) {
    process.stderr.write(`${listenProblem(error, host, port)}\n`);
    process.exitCode = CANNOT_LISTEN;
  }
}

function listenProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use: stop what listens there or choose another --port.`;
  }
  const text = error instanceof Error ? error.message : String(error);
  return `The stand-in cannot listen on ${host}:${port}: ${text}.`;
}

await main();
