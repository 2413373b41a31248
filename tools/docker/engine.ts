import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { variableNames } from '../../packages/contract/src/index.ts';
import { mustRun, run } from './command.ts';

/** A Docker engine with everything the test needs. */
export interface Engine {
  readonly docker: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Stops the engine and starts it again; null where it is somebody else's. */
  readonly restart: (() => Promise<void>) | null;
  /** Stops the engine if it was started for this test. */
  close(): Promise<void>;
}

/** Why the test cannot run here, and how it could. */
export class NoEngine extends Error {}

const baseImage = 'node:24-bookworm-slim';
const script = (name: string): string => join(import.meta.dirname, name);

/**
 * Finds a Docker engine with compose and the base image; starts, fetches or makes what is missing and
 * can be had. What it fetched is kept for the next time, in the user's cache folder.
 * @throws NoEngine when that is impossible here.
 */
export async function openEngine(say: (line: string) => void): Promise<Engine> {
  const docker = process.env.DOCKER || 'docker';
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'trafficinator');
  const environment: Record<string, string> = { ...outsideEnvironment(), DOCKER: docker };
  const there = await run(docker, ['--version'], { environment });
  if (there.code !== 0) throw new NoEngine(`There is no program ${docker}. Install Docker Engine.`);

  await provideCompose(docker, environment, join(cache, 'docker-cli'), say);
  const engineFolder = join(cache, 'engine');
  const up = await run(script('engine-up.sh'), [engineFolder], { environment });
  if (up.code !== 0) throw new NoEngine(`${up.stderr.trim()} Start Docker, or run as root.`);
  environment.DOCKER_HOST = up.stdout.trim().replace('DOCKER_HOST=', '');
  const close = async () => {
    if (!up.stdout.includes(engineFolder)) return;
    const prune = ['builder', 'prune', '--force', '--keep-storage', '1GB'];
    await run(docker, prune, { environment });
    await mustRun(script('engine-down.sh'), [engineFolder], { environment });
  };
  try {
    await provideBaseImage(docker, environment, say);
  } catch (error) {
    await close();
    throw error;
  }
  return { docker, environment, restart: restartOf(engineFolder, environment), close };
}

/**
 * An engine may be stopped by whoever started it. ENGINE_FOLDER is the folder of one that was started by
 * engine-up.sh for this test, before it.
 */
function restartOf(
  ownFolder: string,
  environment: Readonly<Record<string, string>>,
): Engine['restart'] {
  const folder = [process.env.ENGINE_FOLDER ?? '', ownFolder].find(
    (each) => environment.DOCKER_HOST === `unix://${each}/engine.sock`,
  );
  if (folder === undefined) return null;
  return async () => {
    await mustRun(script('engine-down.sh'), [folder], { environment, seconds: 90 });
    await mustRun(script('engine-up.sh'), [folder], { environment });
  };
}

/** This process's environment without what would change the settings or the compose files of a test. */
function outsideEnvironment(): Record<string, string> {
  const own =
    /^(COMPOSE_|CONTROL_|LOADER_|SOCKET_PROXY_|STAND_IN_|CADDY_|PUBLISHED_|(RESTART_POLICY|STOP_GRACE_PERIOD|BASE_IMAGE|API_KEY_FILE|SECRET_KEY|SECRET_KEY_FILE|CORS_ORIGINS|TRUST_PROXY|MAX_BACKFILLS|ALLOW_PRIVATE_TARGETS|DOCKER_SOCKET)$)/;
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !own.test(name) && !variableNames.includes(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

async function provideCompose(
  docker: string,
  environment: Record<string, string>,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const works = async () => (await run(docker, ['compose', 'version'], { environment })).code === 0;
  if (await works()) return;
  environment.DOCKER_CONFIG = folder;
  if (await works()) return;
  say('Fetching the compose plugin …');
  const got = await run(script('get-compose.sh'), [folder], { environment, seconds: 180 });
  if (got.code === 0 && (await works())) return;
  throw new NoEngine(`Docker has no compose plugin. Install it.\n${got.stderr.trim()}`);
}

async function provideBaseImage(
  docker: string,
  environment: Record<string, string>,
  say: (line: string) => void,
): Promise<void> {
  const has = await run(docker, ['image', 'inspect', baseImage], { environment });
  if (has.code === 0) return;
  say(`Pulling ${baseImage} …`);
  const pulled = await run(docker, ['pull', '--quiet', baseImage], { environment, seconds: 300 });
  if (pulled.code === 0) return;
  if (!existsSync('/usr/bin/mmdebstrap')) {
    throw new NoEngine(
      `${baseImage} cannot be pulled, and making one takes mmdebstrap.\n${pulled.stderr.trim()}`,
    );
  }
  say(`It cannot be pulled. Making a ${baseImage} …`);
  await mustRun(script('make-base.sh'), [], { environment, seconds: 300 });
}
