import { type Answer, run } from '../../command.ts';
import type { Ground } from '../../ground.ts';
import type { Inspected } from '../../stack.ts';

/** What each image holds in its folder, and as whom it runs. */
const expected = {
  controlImage: {
    user: 'node',
    files: [
      'LICENSE',
      'THIRD-PARTY-LICENCES.txt',
      'control',
      'control-database.mjs',
      'control-supervisor.mjs',
      'control.mjs',
      'data',
      'loader.mjs',
      'node_modules',
      'presets',
      'static',
      'web',
    ],
  },
  // Root without capabilities: the engine's socket belongs to root.
  proxyImage: { user: 'root', files: ['LICENSE', 'THIRD-PARTY-LICENCES.txt', 'socket-proxy.mjs'] },
} as const;

/** What our images may add to the image that they are made of. */
const most_bytes = 40_000_000;

/** The images of the control service alone: small, without what only developers need. */
export async function controlImages({ engine, checks, trial }: Ground): Promise<void> {
  const docker = (...args: string[]): Promise<Answer> => run(engine.docker, args, engine);
  const inspected = async (image: string) =>
    (JSON.parse((await docker('image', 'inspect', image)).stdout) as (Inspected & Sized)[])[0]!;
  const base = await inspected('node:24-bookworm-slim');
  for (const name of ['controlImage', 'proxyImage'] as const) {
    const image = trial[name];
    const { Config, Size } = await inspected(image);
    checks.equal(`${image} runs as ${expected[name].user}`, Config.User, expected[name].user);
    const added = Size - base.Size;
    checks.holds('… adds no more than 40 MB to its base', added < most_bytes, added);
    const list = await docker('run', '--rm', '--entrypoint', 'ls', image, '-A', '/app');
    checks.equal('… holds its program only', list.stdout.trim().split('\n'), expected[name].files);
    const modules = await docker(
      'run',
      '--rm',
      '--entrypoint',
      'find',
      image,
      '/app',
      '-name',
      '*.ts',
    );
    checks.equal('… and no sources', modules.stdout, '');
  }
  const told = await docker('run', '--rm', trial.controlImage, '--version');
  checks.holds('the service tells its version', /^\d+\.\d+\.\d+$/.test(told.stdout.trim()), told);
  const weak = await docker(
    'run',
    '--rm',
    '--env',
    'CONTROL_UI_API_KEY=secret',
    trial.controlImage,
  );
  checks.equal('a weak key ends with 2', weak.code, 2);
  checks.holds('… and is refused clearly', /openssl rand/.test(weak.stderr), weak.stderr);
}

interface Sized {
  readonly Size: number;
}
