import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../command.ts';
import type { Ground } from '../../ground.ts';
import { Panel } from '../../panel.ts';
import type { Inspected, Stack } from '../../stack.ts';
import { delivered, isConfined, stopped, target, token } from './living.ts';
import { noSecretIn } from './secrets.ts';

const file = 'docker-compose.prod.yml';

/** docker-compose.prod.yml: secrets in files, nothing published, and a run against a stand-in beside it. */
export async function production({ engine, checks, trial }: Ground): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trafficinator-secrets-'));
  const secretFile = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `${text}\n`, { mode: 0o644 });
    return path;
  };
  try {
    const key = randomBytes(32).toString('hex');
    const secret_key = randomBytes(32).toString('base64');
    const files = {
      API_KEY_FILE: secretFile('api_key', key),
      SECRET_KEY_FILE: secretFile('secret_key', secret_key),
    };
    const stack = trial.controlStack(file, [], { ...files, ALLOW_PRIVATE_TARGETS: 'true' });
    await stack.up('--wait');
    const panel = Panel.inside(stack);
    panel.key = key;
    const life = { engine, checks, stack, panel };
    await isConfined(life);
    await publishesNothing(life);
    const standIn = await startStandIn(life, trial.standInImage);
    try {
      const started = await panel.ask('POST', '/api/start', {
        config: { ...target, matomo_url: `http://${standIn}:8080/matomo.php` },
      });
      checks.holds(
        'a run is started with the key of the file',
        started.status === 200,
        started.text,
      );
      await panel.until('/api/status', delivered(5));
      checks.equal('it is watched and stopped', (await panel.ask('GET', '/ready')).status, 200);
      await stopped(panel, checks);
    } finally {
      await run(engine.docker, ['rm', '--force', standIn], engine);
    }
    await noSecretIn(stack, { texts: [key, secret_key, token] }, life);

    const refused = async (what: string, shell: Record<string, string>, said: RegExp) => {
      const other = trial.controlStack(file, [], { ...files, ...shell });
      const { code, stdout, stderr } = await other.compose([
        ...['run', '--rm', '--no-deps', 'control'],
      ]);
      checks.holds(`${what} is refused`, code !== 0 && said.test(stderr), stdout + stderr);
    };
    const weak = secretFile('weak', 'change-me-in-production');
    await refused('a key that is printed in manuals', { API_KEY_FILE: weak }, /CONTROL_UI_API_KEY/);
    const empty = secretFile('empty', '');
    await refused(
      'an empty secret file',
      { API_KEY_FILE: empty },
      /CONTROL_UI_API_KEY_FILE.*empty/,
    );
    const missing = join(folder, 'missing');
    await refused('a secret file that is missing', { API_KEY_FILE: missing }, /missing/);

    const tls = trial.controlStack(file, ['--profile', 'tls'], {
      ...files,
      CONTROL_UI_HOSTNAME: 'panel.example.org',
    });
    const { stdout } = await tls.compose(['config', '--format', 'json']);
    checks.equal('with TLS, only the proxy publishes ports', publishers(stdout), {
      caddy: ['80', '443', '443'],
    });
    checks.holds('… for the host’s name', stdout.includes('panel.example.org'), stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function publishesNothing({
  engine,
  checks,
  stack,
}: Pick<Ground, 'engine' | 'checks'> & { stack: Stack }) {
  for (const id of await stack.containers()) {
    const { stdout } = await run(engine.docker, ['inspect', id], engine);
    const { Name, HostConfig } = (JSON.parse(stdout) as Inspected[])[0]!;
    checks.equal(`${Name}: no published port`, HostConfig.PortBindings ?? {}, {});
    checks.equal('… and it comes back by itself', HostConfig.RestartPolicy.Name, 'unless-stopped');
  }
}

/** A stand-in on the loaders' network, as a Matomo of this machine would be; returns its name. */
async function startStandIn(
  { engine, stack }: Pick<Ground, 'engine'> & { stack: Stack },
  image: string,
): Promise<string> {
  const network = stack.shell.LOADER_NETWORK ?? '';
  const name = `${network}-stand-in`;
  const options = ['--detach', '--name', name, '--network', network];
  await run(engine.docker, ['run', ...options, image], engine);
  return name;
}

/** The services with published ports, and which. */
function publishers(config: string): Record<string, string[]> {
  const { services } = JSON.parse(config) as {
    services: Record<string, { ports?: { published: string }[] }>;
  };
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { ports }]) =>
      ports === undefined ? [] : [[name, ports.map(({ published }) => published)]],
    ),
  );
}
