import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Stands in for a one-off command of the loader: it does what its first argument says. */
const [behaviour, number = '0'] = process.argv.slice(2);
// biome-ignore lint/style/noProcessEnv: what reached it is what the tests ask for.
const environment = { ...process.env };
const path = environment.SETTINGS_FILE ?? '';

if (behaviour === 'tell') {
  const mode = (of: string): string => (statSync(of).mode & 0o777).toString(8);
  const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const modes = [mode(path), mode(dirname(path))];
  process.stdout.write(`${JSON.stringify({ environment, settings, modes })}\n`);
  process.exitCode = Number(number);
} else if (behaviour === 'flood') {
  process.stdout.write('ä'.repeat(Number(number)));
  for (let i = 0; i < 2_000; i++) process.stderr.write(`complaint ${i}\n`);
} else if (behaviour === 'hang') {
  process.stdout.write('begun\n');
  setInterval(() => {}, 1_000_000);
} else if (behaviour === 'stubborn') {
  process.on('SIGTERM', () => {});
  process.stdout.write('begun\n');
  setInterval(() => {}, 1_000_000);
}
