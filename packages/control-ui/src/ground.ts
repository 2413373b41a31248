import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { LoaderCommands } from './adapters/commands/loader-commands.ts';
import { LoaderMaterial } from './adapters/commands/loader-material.ts';
import { DockerRunner } from './adapters/docker/docker-runner.ts';
import type { DockerOptions } from './adapters/docker/options.ts';
import { LoaderFiles } from './adapters/files/loader-files.ts';
import { presetFiles } from './adapters/files/preset-files.ts';
import { httpStatusReader } from './adapters/http/status-reader.ts';
import { ProcessRunner } from './adapters/process/process-runner.ts';
import { openStore } from './adapters/sqlite/store.ts';
import { namedStandIn } from './adapters/stand-in/named-stand-in.ts';
import { OwnStandIn } from './adapters/stand-in/own-stand-in.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { Config, RunnerKind } from './config.ts';
import { mountPoint } from './layout.ts';
import type { Runner } from './ports/runner.ts';
import { noStandIn, type StandIn } from './ports/stand-in.ts';
import { builtInPresets } from './services/presets/built-in.ts';
import type { Ground } from './wiring.ts';

/** The real adapters, by the configuration. `close` lets go of all of them; loaders live on. */
export async function layGround(
  config: Config,
  environment: Readonly<Record<string, string>>,
  log: Logger,
): Promise<Ground & { close(): Promise<void> }> {
  const kind = config.runner;
  const mount_dir = kind === 'docker' ? mountPoint : config.files_dir;
  const runner = runnerOf(kind, config, environment);
  const store = await openStore(
    { data_dir: config.data_dir, secret_key: config.secret_key, as: 'alone' },
    systemClock,
  );
  const commands = new LoaderCommands({
    clock: systemClock,
    loader_entry: loaderEntry(),
    folder: join(config.data_dir, 'commands'),
    environment,
  });
  const reader = httpStatusReader();
  const standIn = standInOf(config);
  return {
    store,
    runner,
    files: new LoaderFiles(config.files_dir, mount_dir),
    commands,
    reader,
    clock: systemClock,
    log,
    presets: builtInPresets(presetFiles()),
    built_in: new LoaderMaterial(commands),
    stand_in: standIn,
    close: async () => {
      standIn.close();
      await commands.close();
      await runner.close();
      await reader.close();
      await store.close();
    },
  };
}

/** Loaders in containers reach a stand-in in one; processes of this machine a process. */
function standInOf({ runner, stand_in_url, data_dir }: Config): StandIn {
  if (stand_in_url !== null) return namedStandIn(stand_in_url);
  if (runner !== 'process') return noStandIn;
  const places = ['./fake-matomo.mjs', '../../fake-matomo/src/main.ts'];
  const programs = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return new OwnStandIn(programs, join(data_dir, 'stand-in-address'));
}

/** The loader's program: beside the bundle, or among the sources. */
function loaderEntry(): string {
  const places = ['./loader.mjs', '../../loader/src/main.ts'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find(existsSync);
  if (found === undefined) throw new Error('The loader’s program is missing.');
  return found;
}

const bundledSupervisor = fileURLToPath(new URL('./control-supervisor.mjs', import.meta.url));

function runnerOf(
  kind: RunnerKind,
  config: Config,
  environment: Readonly<Record<string, string>>,
): Runner {
  if (kind === 'docker') return new DockerRunner(dockerOptions(config));
  return new ProcessRunner({
    clock: systemClock,
    control_id: config.control_id,
    shared_dir: config.files_dir,
    loader_entry: loaderEntry(),
    ...(existsSync(bundledSupervisor) && { supervisor_entry: bundledSupervisor }),
    environment,
  });
}

/** In a network of the engine the service reaches loaders by it; without one, at ports of this machine. */
function dockerOptions(config: Config): DockerOptions {
  const { engine, image, network, volume, cpus, memory_mb } = config.docker;
  return {
    clock: systemClock,
    engine,
    control_id: config.control_id,
    image,
    data: volume ?? config.files_dir,
    network,
    status: network === null ? 'published' : 'network',
    user: null,
    limits: { cpus, memory_bytes: memory_mb * 1024 * 1024, pids: 100 },
  };
}
