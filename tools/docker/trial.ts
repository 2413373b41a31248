import { mustRun, run } from './command.ts';
import type { Engine } from './engine.ts';
import { type ShellSettings, Stack } from './stack.ts';

/** What one run of the test makes on an engine, under names of its own, and removes again. */
export class Trial {
  readonly loaderImage = `trafficinator-loader:test-${process.pid}`;
  readonly controlImage = `trafficinator-control:test-${process.pid}`;
  readonly proxyImage = `trafficinator-socket-proxy:test-${process.pid}`;
  readonly standInImage = `trafficinator-stand-in:test-${process.pid}`;
  readonly #project = `trafficinator-test-${process.pid}`;
  readonly #engine: Engine;
  #stacks: Stack[] = [];
  #made = 0;
  #end: Promise<void> | null = null;

  constructor(engine: Engine) {
    const images = {
      LOADER_IMAGE: this.loaderImage,
      CONTROL_IMAGE: this.controlImage,
      SOCKET_PROXY_IMAGE: this.proxyImage,
      STAND_IN_IMAGE: this.standInImage,
    };
    this.#engine = { ...engine, environment: { ...engine.environment, ...images } };
  }

  /** Builds the images as `docker compose build` does for a user. */
  async build(): Promise<void> {
    const { docker, environment } = this.#engine;
    const file = ['--file', 'docker-compose.webui.yml'];
    const args = [...file, '--project-name', this.#project, '--profile', 'rehearsal', 'build'];
    await mustRun(docker, ['compose', ...args], { environment, seconds: 600 });
  }

  /** A compose project of its own. Throws once the test is ending. */
  stack(options: readonly string[], shell: ShellSettings = {}): Stack {
    if (this.#end !== null) throw new Error('The test was stopped.');
    this.#made++;
    const stack = new Stack(this.#engine, `${this.#project}-${this.#made}`, options, shell);
    this.#stacks.push(stack);
    return stack;
  }

  /** A compose project with a control service, whose loaders have names of their own on the engine. */
  controlStack(file: string, options: readonly string[], shell: ShellSettings = {}): Stack {
    const name = `${this.#project}-${this.#made + 1}`;
    const socket = /^unix:\/\/(.+)$/.exec(this.#engine.environment.DOCKER_HOST ?? '')?.[1];
    return this.stack(options, {
      COMPOSE_FILE: file,
      CONTROL_ID: name,
      LOADER_NETWORK: `${name}-loaders`,
      LOADER_VOLUME: `${name}-data`,
      CONTROL_UI_PORT: '0',
      ...(socket !== undefined && { DOCKER_SOCKET: socket }),
      ...shell,
    });
  }

  /** Removes the containers, networks and volumes of all stacks; throws when something stays. */
  async removeStacks(): Promise<void> {
    const stacks = this.#stacks;
    this.#stacks = [];
    const removals = await Promise.allSettled(stacks.map((stack) => stack.remove()));
    const failed = removals.filter((removal) => removal.status === 'rejected');
    if (failed.length > 0) throw new AggregateError(failed.map(({ reason }) => reason));
  }

  /** Removes everything that is left, the images too; the layers stay in the engine's build cache. */
  end(): Promise<void> {
    this.#end ??= this.#removeAll();
    return this.#end;
  }

  async #removeAll(): Promise<void> {
    try {
      await this.removeStacks();
    } finally {
      const { docker, environment } = this.#engine;
      const { controlImage, loaderImage, proxyImage } = this;
      const images = [controlImage, loaderImage, proxyImage, this.standInImage];
      await run(docker, ['image', 'rm', '--force', ...images], { environment });
    }
  }
}
