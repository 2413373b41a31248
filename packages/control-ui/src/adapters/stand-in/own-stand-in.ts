import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { StandIn } from '../../ports/stand-in.ts';
import { standInToken } from './token.ts';

const usualPort = 8080;
const startsWithin_ms = 10_000;

interface Running {
  readonly origin: string;
  readonly child: ChildProcess;
}

/**
 * The stand-in as a process of this machine, for loaders that are processes of it too. Its address outlives the
 * service in a file: settings that name it are told from those of another server that takes the same token.
 */
export class OwnStandIn implements StandIn {
  readonly token = standInToken;
  readonly #program: string | null;
  readonly #addressFile: string;
  #running: Promise<Running> | null = null;
  #origin: string | null = null;

  constructor(places: readonly string[], addressFile: string) {
    this.#addressFile = addressFile;
    this.#program = places.find((place) => existsSync(place)) ?? null;
  }

  async offered(): Promise<boolean> {
    return this.#program !== null;
  }

  /** At its usual port, or at a free one where that is taken. */
  async open(): Promise<string> {
    this.#running ??= this.#start();
    try {
      const { origin } = await this.#running;
      return `${origin}/matomo.php`;
    } catch (error) {
      this.#running = null;
      throw error;
    }
  }

  owns(url: string): boolean {
    return this.#origin !== null && URL.parse(url)?.origin === this.#origin;
  }

  async ownedBefore(url: string): Promise<boolean> {
    const kept = await readFile(this.#addressFile, 'utf8').catch(() => null);
    return kept !== null && URL.parse(url)?.origin === kept.trim();
  }

  close(): void {
    void this.#running?.then(
      ({ child }) => child.kill('SIGTERM'),
      () => {},
    );
  }

  async #start(): Promise<Running> {
    const running = await this.#spawn(usualPort).catch(() => this.#spawn(0));
    this.#origin = running.origin;
    await writeFile(this.#addressFile, `${running.origin}\n`, { mode: 0o600 });
    running.child.once('exit', () => {
      this.#running = null;
      this.#origin = null;
    });
    return running;
  }

  async #spawn(port: number): Promise<Running> {
    if (this.#program === null) throw new Error('The stand-in’s program is missing.');
    // Attached: it ends with the service, also when that is killed.
    const args = ['--', this.#program, '--port', String(port), '--attached'];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
    return { origin: await originOf(child), child };
  }
}

function originOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('The stand-in does not start.'));
    }, startsWithin_ms);
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error('The stand-in ended at once.'));
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
      clearTimeout(late);
      const url = /http:\/\/[^\s;]+/.exec(line)?.[0];
      if (url === undefined) reject(new Error('The stand-in does not say where it listens.'));
      else resolve(new URL(url).origin);
    });
  });
}
