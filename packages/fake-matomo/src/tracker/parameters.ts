const WHOLE = /^-?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The parameters of one tracking request, read with Matomo's tolerance: a value of the wrong type
 * and an empty string are as good as absent; decimals need a point.
 */
export class Parameters {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  get isEmpty(): boolean {
    return Object.keys(this.#values).length === 0;
  }

  /** The value as sent, for parameters that may be real arrays in a bulk request's objects. */
  raw(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(Number(value)) : '';
  }

  whole(name: string): number | null {
    const text = this.text(name);
    return WHOLE.test(text) ? Number(text) : null;
  }

  decimal(name: string): number | null {
    const text = this.text(name);
    return DECIMAL.test(text) ? Number(text) : null;
  }

  entries(): [string, unknown][] {
    return Object.entries(this.#values);
  }
}

/** Query-string parameters; the last of several with one name wins, as in PHP. */
export function parametersOfQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}
