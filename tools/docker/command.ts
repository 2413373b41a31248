import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a program ended and what it wrote. `code` is 127 when there is no such program. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** How long it may take; 60 when left out. */
  readonly seconds?: number;
}

/** Where every command runs: the folder of the compose file. */
export const root = join(import.meta.dirname, '../..');

/** Runs a program to its end. Rejects only when it takes too long; then it is stopped. */
export function run(
  program: string,
  args: readonly string[],
  { environment, seconds = 60 }: CommandOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`${program} ${args.join(' ')} takes longer than ${seconds} s.\n${stderr}`));
    }, seconds * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, stdout, stderr: error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/** Runs a program that has to succeed and gives its output. Throws with what it wrote otherwise. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
}
