import { type Answer, mustRun, run } from './command.ts';
import type { Engine } from './engine.ts';
import { until } from './until.ts';

/** The parts of `docker inspect` that the test looks at. */
export interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly Config: {
    readonly Image: string;
    readonly User: string;
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Health?: { readonly Status: string };
  };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[];
    readonly SecurityOpt: readonly string[];
    readonly Memory: number;
    readonly NanoCpus: number;
    readonly PidsLimit: number;
    readonly PortBindings: Readonly<Record<string, unknown>>;
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
    readonly LogConfig: { readonly Config: Readonly<Record<string, string>> };
  };
}

/** Settings of the shell, which win over those of the preset. */
export type ShellSettings = Readonly<Record<string, string>>;

/** One compose project of its own: what it starts, it also removes. */
export class Stack {
  readonly #engine: Engine;
  readonly #options: readonly string[];
  readonly #project: string;
  readonly #environment: Readonly<Record<string, string>>;
  /** What it was started with beside its options. */
  readonly shell: ShellSettings;
  #removed = false;

  /** `options` stand before compose's command: --profile, --env-file. */
  constructor(engine: Engine, project: string, options: readonly string[], shell: ShellSettings) {
    this.#engine = engine;
    this.#project = project;
    this.#options = options;
    this.shell = shell;
    this.#environment = { ...engine.environment, ...shell };
  }

  compose(args: readonly string[], seconds = 60): Promise<Answer> {
    if (this.#removed) throw new Error(`The test project ${this.#project} is removed already.`);
    const all = ['compose', '--project-name', this.#project, ...this.#options, ...args];
    return run(this.#engine.docker, all, { environment: this.#environment, seconds });
  }

  /** Starts the services and resolves when their containers run; with `--wait`, when they are healthy. */
  async up(...options: string[]): Promise<void> {
    const { code, stderr } = await this.compose(['up', '--detach', '--no-build', ...options], 180);
    if (code !== 0) throw new Error(`compose up ended with ${code}:\n${stderr}`);
  }

  /** The id of a service’s container. */
  async id(service: string): Promise<string> {
    const { stdout } = await this.compose(['ps', '--all', '--quiet', service]);
    const id = stdout.trim();
    if (id === '') throw new Error(`${service} has no container.`);
    return id;
  }

  /** Runs docker on the container of a service: `docker stop <container>`. */
  async docker(before: readonly string[], service: string, after: readonly string[] = []) {
    const args = [...before, await this.id(service), ...after];
    return run(this.#engine.docker, args, { environment: this.#environment, seconds: 90 });
  }

  async inspect(service: string): Promise<Inspected> {
    const { stdout } = await this.docker(['inspect'], service);
    return (JSON.parse(stdout) as Inspected[])[0]!;
  }

  /** Asks a service over its published port, as somebody on this machine would. */
  async ask(service: string, port: number, path: string): Promise<unknown> {
    const answer = await fetch(`${await this.address(service, port)}${path}`, {
      signal: AbortSignal.timeout(5_000),
    });
    return answer.json();
  }

  /** Where a service's port is published. */
  async address(service: string, port: number): Promise<string> {
    const where = await this.compose(['port', service, String(port)]);
    return `http://${where.stdout.trim()}`;
  }

  /** Runs a program of JavaScript in a service's container and gives what it printed. */
  async evaluate(service: string, program: string, ...args: string[]): Promise<string> {
    const node = ['node', '--input-type=module', '-e', program, ...args];
    const { code, stdout, stderr } = await this.docker(['exec'], service, node);
    if (code !== 0) throw new Error(`The program in ${service} ended with ${code}:\n${stderr}`);
    return stdout.trim();
  }

  /** Ids of all its containers, also of those that the control service made. */
  async containers(): Promise<string[]> {
    const own = `com.docker.compose.project=${this.#project}`;
    return [...new Set([...(await this.#labelled(own)), ...(await this.made())])];
  }

  /** Ids of the containers that a control service of this project made. */
  async made(): Promise<string[]> {
    const id = this.#environment.CONTROL_ID;
    return id === undefined ? [] : this.#labelled(`trafficinator.control=${id}`);
  }

  /** The verdict of the health check, once there is one. */
  health(service: string): Promise<string> {
    return until(`the health of ${service} is known`, 60, async () => {
      const { State } = await this.inspect(service);
      const status = State.Health?.Status ?? 'starting';
      return status === 'starting' ? null : status;
    });
  }

  /** Removes the project's containers, networks and volumes, also those of other profiles. */
  async remove(): Promise<void> {
    this.#removed = true;
    const options = { environment: this.#environment, seconds: 90 };
    const made = await this.made();
    if (made.length > 0) {
      await mustRun(this.#engine.docker, ['rm', '--force', '--volumes', ...made], options);
    }
    const all = ['compose', '--project-name', this.#project, '--profile', '*'];
    const down = ['down', '--volumes', '--remove-orphans', '--timeout', '0'];
    await mustRun(this.#engine.docker, [...all, ...down], options);
  }

  async #labelled(label: string): Promise<string[]> {
    const list = ['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}`];
    const stdout = await mustRun(this.#engine.docker, list, { environment: this.#environment });
    return stdout.split('\n').filter((id) => id !== '');
  }
}
