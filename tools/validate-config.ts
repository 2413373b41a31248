/**
 * Checks a configuration before a run: the same as `trafficinator check`, under the name that users
 * of earlier versions know. Takes `--env-file FILE`, `--skip-connection`, `--timeout SECONDS` and
 * everything else that `check` takes; exits as it does.
 */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The arguments of `trafficinator` for the arguments of this tool. */
export function checkArguments(given: readonly string[]): string[] {
  const rest: string[] = [];
  for (let i = 0; i < given.length; i++) {
    const [flag, value = given[i + 1] ?? ''] = split(given[i]!);
    if (flag !== '--timeout') {
      rest.push(given[i]!);
      continue;
    }
    if (given[i] === flag) i++;
    rest.push('--set', `CONNECT_TIMEOUT_SECONDS=${value || 'missing'}`);
    rest.push('--set', `REQUEST_TIMEOUT_SECONDS=${value || 'missing'}`);
  }
  return ['check', ...rest];
}

/** `--timeout=5` → `['--timeout', '5']`; anything without `=` stays alone. */
function split(argument: string): [string, string?] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}

if (import.meta.main) {
  const main = join(import.meta.dirname, '../packages/loader/src/main.ts');
  const args = ['--', main, ...checkArguments(process.argv.slice(2))];
  const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = signal ? 128 + constants.signals[signal] : (status ?? 1);
}
