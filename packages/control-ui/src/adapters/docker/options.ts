import type { Clock } from '../../ports/clock.ts';

/** How the docker runner makes containers: from the service's configuration, never from a client. */
export interface DockerOptions {
  readonly clock: Clock;
  /** `unix:///var/run/docker.sock`, or a socket proxy: `tcp://proxy:2375`. */
  readonly engine: string;
  /** Tells this service's containers from those of another one on the same engine. */
  readonly control_id: string;
  readonly image: string;
  /** What loaders find at the mount point: the name of a volume, or an absolute path of the engine's machine. */
  readonly data: string;
  /** Network that containers are put on; null: the engine's own. */
  readonly network: string | null;
  /** How the service reaches their status: over that network, or at a port of this machine's loopback address. */
  readonly status: 'network' | 'published';
  /** `uid:gid` that containers run as; null: the image's own user. Never root. */
  readonly user: string | null;
  readonly limits: {
    /** Cores, e.g. 1.5. */
    readonly cpus: number;
    readonly memory_bytes: number;
    readonly pids: number;
  };
}

/** Where an engine listens. */
export type EngineAddress =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number };

/** The engine's address in DOCKER_HOST's form; null for one that this service cannot use (ssh, TLS). */
export function readEngineAddress(text: string): EngineAddress | null {
  const socket = /^unix:\/\/(\/.+)$/.exec(text)?.[1];
  if (socket !== undefined) return { socketPath: socket };
  const found = /^(?:tcp|http):\/\/([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(?::(\d{1,5}))?\/?$/.exec(
    text,
  );
  if (found === null) return null;
  const [, host = '', port = '2375'] = found;
  return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
}
