import type { Answer } from '../command.ts';
import { run } from '../command.ts';
import type { Ground } from '../ground.ts';
import type { Inspected } from '../stack.ts';

const hardened = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'];

/** The image without compose: `docker run`. */
export async function imageAlone({ engine, checks, trial, version }: Ground): Promise<void> {
  const docker = (...args: string[]): Promise<Answer> => run(engine.docker, args, engine);
  const start = (options: string[], ...args: string[]) =>
    docker('run', '--rm', ...options, trial.loaderImage, ...args);

  const { stdout: described } = await docker('image', 'inspect', trial.loaderImage);
  const { Config } = (JSON.parse(described) as Inspected[])[0]!;
  checks.equal('runs as the user node', Config.User, 'node');
  checks.equal('names its licence', Config.Labels['org.opencontainers.image.licenses'], 'MIT');

  const told = await start([], '--version');
  checks.equal('tells its version', told.stdout.trim(), version);

  const plan = await start([], 'plan', '--visits', '3', '--format', 'jsonl');
  checks.equal('plan ends with 0', plan.code, 0);
  checks.equal('plan --visits 3 prints 3 visits', plan.stdout.trim().split('\n').length, 3);
  const again = await start(hardened, 'plan', '--visits', '3', '--format', 'jsonl');
  checks.equal('plans the same with a read-only root and no rights', again.stdout, plan.stdout);

  const demo = await start(hardened, 'demo', '--visits', '20', '--json');
  checks.holds('the demo works with a read-only root', demo.code === 0, demo);

  const bare = await start([]);
  checks.equal('without MATOMO_URL it ends with 2', bare.code, 2);
  checks.holds('… and says what to set', /MATOMO_URL/.test(bare.stderr), bare.stderr);
}
