import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SettingsStore } from '../ports/store/material.ts';

/** Beside the bundle, or among the sources. */
const program = ['./fake-matomo.mjs', '../../../fake-matomo/src/main.ts']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find(existsSync);
/** The stand-in's own token; it protects nothing. */
const token = '0123456789abcdef0123456789abcdef';
const usualPort = 8080;
const startsWithin_ms = 10_000;

/** A stand-in Matomo beside the service, so that there is something to send to on a bare machine. */
export interface Rehearsal {
  readonly url: string;
  close(): void;
}

/** Starts the stand-in at its usual port, or at a free one where that is taken. */
export async function startStandIn(): Promise<Rehearsal> {
  try {
    return await started(usualPort);
  } catch {
    return started(0);
  }
}

async function started(port: number): Promise<Rehearsal> {
  if (program === undefined) throw new Error('The stand-in’s program is missing.');
  const child = spawn(process.execPath, ['--', program, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  });
  const url = await addressOf(child);
  return { url, close: () => child.kill('SIGTERM') };
}

function addressOf(child: ChildProcess): Promise<string> {
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
      else resolve(url);
    });
  });
}

/**
 * The first settings: the stand-in as the target, and traffic that one sees at once. Settings that name a real
 * target are left alone; those of an earlier rehearsal follow the stand-in to its new address.
 */
export async function settleRehearsal(settings: SettingsStore, url: string): Promise<void> {
  const kept = await settings.get();
  const { matomo_url, matomo_token_auth, targets } = kept.values;
  if (targets !== undefined) return;
  if (matomo_url !== undefined && matomo_token_auth !== token) return;
  const first = matomo_url === undefined ? { target_visits_per_day: 20_000 } : {};
  const target = { matomo_url: `${url}/matomo.php`, matomo_token_auth: token };
  await settings.put({ ...first, ...kept.values, ...target }, kept.preset, null);
}
