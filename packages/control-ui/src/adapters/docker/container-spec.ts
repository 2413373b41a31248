import { createHash } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import { layoutOf, mountPoint } from '../../layout.ts';
import type { InstanceSpec } from '../../ports/runner.ts';
import { labels } from './labels.ts';
import type { DockerOptions } from './options.ts';

/** Port of the status server inside a container. */
export const statusPort = 9464;

const megabyte = 1024 * 1024;

/**
 * What the engine is asked to make: all of it follows from the configuration and the spec. The settings
 * are no part of it; the environment only says in which file they are.
 */
export function containerOf(options: DockerOptions, spec: InstanceSpec): ContainerCreateOptions {
  const { control_id, image, data, network, status, user, limits } = options;
  const port = `${statusPort}/tcp`;
  const status_settings = ['STATUS_HOST=0.0.0.0', `STATUS_PORT=${statusPort}`];
  const made: ContainerCreateOptions = {
    Image: image,
    ...(user === null ? {} : { User: user }),
    Cmd: [...spec.command, ...status_settings.flatMap((text) => ['--set', text])],
    Env: [`SETTINGS_FILE=${layoutOf(mountPoint, spec.id).settings_file}`],
    ExposedPorts: { [port]: {} },
    HostConfig: {
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${64 * megabyte}` },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      // The first process gets no signal before it listens to it; this one passes it on.
      Init: true,
      NanoCpus: Math.round(limits.cpus * 1e9),
      Memory: limits.memory_bytes,
      MemorySwap: limits.memory_bytes,
      PidsLimit: limits.pids,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      // Whether it starts again is the service's business: it would not know of a start by the engine.
      RestartPolicy: { Name: 'no' },
      Mounts: [
        { Type: data.startsWith('/') ? 'bind' : 'volume', Source: data, Target: mountPoint },
      ],
      ExtraHosts: ['host.docker.internal:host-gateway'],
      ...(network === null ? {} : { NetworkMode: network }),
      ...(status === 'published'
        ? { PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] } }
        : {}),
    },
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  return {
    ...made,
    name: `trafficinator-${control_id}-${spec.id}`,
    Labels: {
      [labels.control]: control_id,
      [labels.instance]: spec.id,
      [labels.role]: spec.role,
      [labels.spec]: `${fingerprint} ${spec.role}`,
    },
  };
}
