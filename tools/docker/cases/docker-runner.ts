import { run } from '../command.ts';
import type { Ground } from '../ground.ts';

/** The tests of the control service's docker runner, on this engine and with this image. */
export async function dockerRunner({ engine, checks, trial }: Ground): Promise<void> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.engine.config.ts'];
  const environment = { ...engine.environment, LOADER_IMAGE: trial.loaderImage };
  const { code, stdout, stderr } = await run(process.execPath, args, { environment, seconds: 400 });
  checks.holds('its tests pass', code === 0, `${stdout}${stderr}`);
}
