import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DockerRunner } from '../../src/adapters/docker/docker-runner.ts';
import { type DockerOptions, readEngineAddress } from '../../src/adapters/docker/options.ts';
import { describeRunner } from '../../src/adapters/runner-conformance.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { layoutOf, mountPoint } from '../../src/layout.ts';
import { eventually, spec } from '../../src/testing/runner-ground.ts';
import { EngineProxy } from './engine-proxy.ts';
import { buildOddImage, removeImage, sharedDirectory, writeForLoader } from './odd-image.ts';

const run = promisify(execFile);
const docker = process.env.DOCKER || 'docker';
const engine = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
const loaderImage = process.env.LOADER_IMAGE || 'trafficinator-loader';
const trial = `test-${process.pid}`;
const oddImage = `trafficinator-odd-loader:${trial}`;

const optionsFor = (shared_dir: string, changed: Partial<DockerOptions> = {}): DockerOptions => ({
  clock: systemClock,
  engine,
  control_id: trial,
  image: loaderImage,
  data: shared_dir,
  network: null,
  status: 'published',
  user: null,
  limits: { cpus: 1, memory_bytes: 256 * 1024 * 1024, pids: 100 },
  ...changed,
});

async function removeContainers(...control_ids: string[]): Promise<void> {
  for (const control_id of control_ids) {
    const label = `label=trafficinator.control=${control_id}`;
    const { stdout } = await run(docker, ['ps', '--all', '--quiet', '--filter', label]);
    const ids = stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await run(docker, ['rm', '--force', '--volumes', ...ids]);
  }
}

describeRunner('docker', async () => {
  const address = readEngineAddress(engine);
  if (address === null) throw new Error(`The tests cannot use the engine at ${engine}.`);
  await buildOddImage(docker, loaderImage, oddImage);
  const proxy = new EngineProxy(address);
  await proxy.open();
  const shared_dir = await sharedDirectory();
  return {
    clock: systemClock,
    runner: (service) =>
      new DockerRunner(
        optionsFor(shared_dir, {
          engine: proxy.address,
          control_id: `${trial}-${service}`,
          image: oddImage,
        }),
      ),
    engine: { lose: () => proxy.cut(), restore: () => proxy.open() },
    close: async () => {
      await proxy.cut();
      await removeContainers(`${trial}-mine`, `${trial}-other`);
      await removeImage(docker, oddImage);
      await rm(shared_dir, { recursive: true });
    },
  };
});

describe('the loader’s own image', () => {
  let shared_dir: string;
  const network = `trafficinator-${trial}`;
  beforeAll(async () => {
    shared_dir = await sharedDirectory();
    await run(docker, ['network', 'create', network]);
  });
  afterAll(async () => {
    await removeContainers(trial);
    await run(docker, ['network', 'rm', network]);
    await rm(shared_dir, { recursive: true });
  });

  it('finds its settings in the shared directory, and nothing of them elsewhere', async () => {
    const runner = new DockerRunner(optionsFor(shared_dir, { network, status: 'network' }));
    const token = 'abcdef0123456789abcdef0123456789';
    const inside = layoutOf(mountPoint, 'real');
    const settings = {
      matomo_url: 'http://127.0.0.1:9/matomo.php',
      matomo_token_auth: token,
      auto_start: false,
      start_signal_file: inside.start_signal_file,
      state_dir: inside.state_dir,
    };
    const { settings_file } = layoutOf(shared_dir, 'real');
    await writeForLoader(dirname(settings_file), 'settings.json', JSON.stringify(settings));
    await runner.create(spec('real', 'run', '--json'));
    await runner.start('real');

    const url = (await runner.statusUrl('real'))!;
    expect(url).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:9464$/);
    const answer = await eventually(systemClock, 'the status answers', () =>
      fetch(`${url}/status`, { signal: AbortSignal.timeout(2_000) }).catch(() => null),
    );
    expect(await answer.json()).toMatchObject({ state: 'waiting' });
    const inspected = await run(docker, ['inspect', `trafficinator-${trial}-real`]);
    expect(inspected.stdout).not.toContain(token);
    const [{ Config, HostConfig }] = JSON.parse(inspected.stdout);
    expect(Config.User).toBe('node');
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], PidsLimit: 100 });
    await eventually(systemClock, 'it is healthy', async () => {
      const format = '{{.State.Health.Status}}';
      const { stdout } = await run(docker, [
        'inspect',
        '--format',
        format,
        `trafficinator-${trial}-real`,
      ]);
      return stdout.trim() === 'healthy' ? true : null;
    });

    expect(await runner.stop('real', 20)).toMatchObject({
      exit_code: 143,
      out_of_memory: false,
    });
    const lines = await runner.logs('real', { lines: 1_000, since: null });
    const summary = lines.findLast(({ stream }) => stream === 'stdout')!;
    expect(JSON.parse(summary.text)).toMatchObject({ exit_code: 143 });
    await runner.remove('real', 0);
    await runner.close();
  });

  it('finds a container that a compose file made with the labels, and leaves it as it is', async () => {
    const labels = [`trafficinator.control=${trial}`, 'trafficinator.instance=composed'];
    const flags = labels.flatMap((label) => ['--label', label]);
    await run(docker, ['create', ...flags, '--name', `composed-${trial}`, loaderImage, 'demo']);
    const runner = new DockerRunner(optionsFor(shared_dir));
    const found = await runner.find('composed');
    expect(found).toMatchObject({ id: 'composed', role: 'loader', state: 'created' });
    expect(await runner.create(spec('composed', 'run'))).toEqual(found);
    await runner.start('composed');
    await runner.remove('composed', 1);
    expect(await runner.find('composed')).toBeNull();
    await runner.close();
  });

  it('says that the image is missing, or that the name is taken', async () => {
    const runner = new DockerRunner(
      optionsFor(shared_dir, { image: 'trafficinator-nothing:none' }),
    );
    await expect(runner.create(spec('none'))).rejects.toMatchObject({
      code: 'image_missing',
      remedy: expect.stringContaining('docker pull trafficinator-nothing:none'),
    });
    const name = `trafficinator-${trial}-taken`;
    await run(docker, ['create', '--name', name, loaderImage]);
    const fit = new DockerRunner(optionsFor(shared_dir));
    await expect(fit.create(spec('taken'))).rejects.toMatchObject({ code: 'instance_foreign' });
    await fit.remove('taken', 0);
    await run(docker, ['rm', '--volumes', name]);
    await runner.close();
    await fit.close();
  });
});
