import { Agent, request } from 'node:http';
import type { Service } from './service.ts';

const tick_ms = 10;
/** Below the ten a second that the service allows an address. */
const perAddress = 8;

/** Asks for the status at a fixed rate, whatever the answers take. */
export class Asking {
  readonly #service: Service;
  readonly #rate: number;
  readonly #agents: readonly Agent[];
  #times_ms: number[] = [];
  #late_ms: number[] = [];
  #statuses = new Map<number, number>();
  #sent = 0;

  constructor(service: Service, rate: number) {
    this.#service = service;
    this.#rate = rate;
    const addresses = Math.ceil(rate / perAddress);
    this.#agents = Array.from(
      { length: addresses },
      (_, n) =>
        new Agent({ keepAlive: true, localAddress: `127.9.${n >> 7}.${1 + (n & 127)}` } as object),
    );
  }

  /** What was before was to warm up. */
  forget(): void {
    this.#times_ms = [];
    this.#late_ms = [];
    this.#statuses = new Map();
  }

  /** Asks for so long; resolves when all is answered. */
  async during(seconds: number): Promise<void> {
    const began_ms = performance.now();
    const total = Math.round(this.#rate * seconds);
    const answers: Promise<void>[] = [];
    while (answers.length < total) {
      const now_ms = performance.now() - began_ms;
      while (answers.length < total && (answers.length * 1000) / this.#rate <= now_ms) {
        this.#late_ms.push(now_ms - (answers.length * 1000) / this.#rate);
        answers.push(this.#ask());
      }
      await new Promise((resolve) => setTimeout(resolve, tick_ms));
    }
    await Promise.all(answers);
  }

  #ask(): Promise<void> {
    const began_ms = performance.now();
    const agent = this.#agents[this.#sent++ % this.#agents.length] as Agent;
    return new Promise((resolve) => {
      const headers = { 'x-api-key': this.#service.key };
      const asked = request(`${this.#service.url}/api/status`, { agent, headers });
      // No answer is counted as status 0.
      const ended = (status: number): void => {
        this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
        this.#times_ms.push(performance.now() - began_ms);
        resolve();
      };
      asked.on('error', () => ended(0));
      asked.once('response', (answer) => {
        answer.resume().once('end', () => ended(answer.statusCode ?? 0));
      });
      asked.end();
    });
  }

  result() {
    const sorted = this.#times_ms.toSorted((a, b) => a - b);
    const late = this.#late_ms.toSorted((a, b) => a - b);
    const at = (list: readonly number[], share: number) =>
      list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;
    return {
      statuses: this.#statuses,
      p50_ms: at(sorted, 0.5),
      p99_ms: at(sorted, 0.99),
      most_ms: sorted.at(-1) ?? Number.NaN,
      lateness_p99_ms: at(late, 0.99),
    };
  }
}
