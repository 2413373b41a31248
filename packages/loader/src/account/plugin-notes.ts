import type { PluginNumbers } from '@trafficinator/contract';

const quiet_beats = 60;

interface Said {
  readonly errors: number;
  readonly slow: number;
  readonly beat: number;
}

/** Says what goes wrong with plugins: the first time at once, then once in a while, with the new counts. */
export class PluginNotes {
  readonly #warn: (line: object, message: string) => void;
  readonly #said = new Map<string, Said>();
  #beat = 0;

  constructor(warn: (line: object, message: string) => void) {
    this.#warn = warn;
  }

  /** Called about once a second with the numbers as they stand. */
  beat(plugins: readonly PluginNumbers[]): void {
    this.#beat++;
    for (const plugin of plugins) this.#look(plugin, quiet_beats);
  }

  /** Called once when it is over: tells what has not been told. */
  end(plugins: readonly PluginNumbers[]): void {
    for (const plugin of plugins) this.#look(plugin, 0);
  }

  #look({ name, errors, first_error, slow, slowest_ms }: PluginNumbers, quiet: number): void {
    const said = this.#said.get(name) ?? { errors: 0, slow: 0, beat: Number.NEGATIVE_INFINITY };
    if ((errors === said.errors && slow === said.slow) || this.#beat - said.beat < quiet) return;
    this.#said.set(name, { errors, slow, beat: this.#beat });
    if (errors > said.errors) {
      const line = { code: 'plugin_faulty', plugin: name, visits: errors, first: first_error };
      this.#warn(line, 'visits were planned without a plugin, which failed');
    }
    if (slow > said.slow) {
      const line = { code: 'plugin_slow', plugin: name, visits: slow, slowest_ms };
      this.#warn(line, 'a plugin takes longer over visits than PLUGIN_BUDGET_MS');
    }
  }
}
