import { type MessagePort, workerData } from 'node:worker_threads';
import type { JourneysFile, Settings } from '@trafficinator/contract';
import type { Material } from '../../plan/material/material.ts';
import { type Trial, tryPlugin } from './try-plugin.ts';

/** What a worker is given to try plugins. */
export interface TrialOrder {
  readonly kind: 'plugin-trials';
  readonly paths: readonly string[];
  readonly material: Material;
  readonly file: JourneysFile | null;
  readonly settings: Settings;
  /** Counts up: 1 + the plugin that is being tried; `paths.length + 1`: done. */
  readonly at: Int32Array;
  readonly port: MessagePort;
}

/** This module: as source a file of its own, in a bundle the whole program, whose `main.ts` leads here. */
export const trialWorkerFile = new URL(import.meta.url);

export const isTrialOrder = (given: unknown): given is TrialOrder =>
  (given as TrialOrder | null)?.kind === 'plugin-trials';

/** Whatever asks the clock or chance in the second pass gets another answer than in the first. */
function otherTime(): void {
  const ahead_ms = (40 * 24 + 5) * 3_600_000 + 421_337;
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(Real.now() + ahead_ms);
      else super(...(given as [number]));
    }
    static override now(): number {
      return Real.now() + ahead_ms;
    }
  } as DateConstructor;
}

/** Tries all plugins, one after the other, and says which one is on. */
export function runTrials({ paths, material, file, settings, at, port }: TrialOrder): void {
  const trials: Trial[] = [];
  for (const path of paths) {
    Atomics.add(at, 0, 1);
    Atomics.notify(at, 0);
    const Real = Date;
    trials.push(tryPlugin(path, material, file, settings, otherTime));
    globalThis.Date = Real;
  }
  port.postMessage(trials);
  Atomics.add(at, 0, 1);
  Atomics.notify(at, 0);
}

if (isTrialOrder(workerData)) runTrials(workerData);
