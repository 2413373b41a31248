import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variableNames } from '../../../packages/contract/src/index.ts';
import { type Ground, light, rehearsal } from '../ground.ts';

/** What the image or the control service sets, never the user of the compose file. */
const notPassedOn = ['STATE_DIR', 'STATUS_HOST', 'STATUS_PORT', 'SETTINGS_FILE'];

/** From the env file to the loader: nothing is lost and nothing is swallowed. */
export async function settingsArrive({ checks, trial }: Ground): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trafficinator-env-'));
  try {
    const names = variableNames.filter((name) => !notPassedOn.includes(name)).sort();
    const all = join(folder, 'all.env');
    writeFileSync(all, names.map((name) => `${name}=value of ${name}\n`).join(''));
    const { stdout } = await trial
      .stack(['--env-file', all])
      .compose(['config', '--format', 'json']);
    const { environment } = JSON.parse(stdout).services.loader;
    const passedOn = Object.keys(environment);
    const lost = names.filter((name) => environment[name] !== `value of ${name}`);
    checks.equal('every setting is passed on, with its value', lost, []);
    const strangers = passedOn.filter((name) => !names.includes(name));
    checks.equal('… and nothing else', strangers, []);

    const wrong = join(folder, 'wrong.env');
    writeFileSync(wrong, 'MATOMO_URL=http://127.0.0.1:1\nCONCURRENCY=plenty\n');
    const refused = await trial
      .stack(['--env-file', wrong])
      .compose(['run', '--rm', '--no-deps', 'loader']);
    checks.equal('an invalid value ends with 2', refused.code, 2);
    checks.holds('… and is named', /CONCURRENCY.*plenty/s.test(refused.stderr), refused.stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }

  const services = async (options: readonly string[]) => {
    const { stdout } = await trial.stack(options).compose(['config', '--services']);
    return stdout.trim().split('\n').sort();
  };
  checks.equal('alone, only the loader starts', await services(light), ['loader']);
  checks.equal('a rehearsal leaves the real loader out', await services(rehearsal), [
    'rehearsal',
    'stand-in',
  ]);

  const once = trial.stack(light, { RESTART_POLICY: 'no' });
  const up = await once.compose(['up', '--no-build', '--exit-code-from', 'loader']);
  checks.equal('up without MATOMO_URL ends with 2', up.code, 2);
  const written = up.stdout + up.stderr;
  checks.holds('… and says what to set', /MATOMO_URL/.test(written), written);
}
