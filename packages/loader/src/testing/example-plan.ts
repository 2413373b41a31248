import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '@trafficinator/contract';
import { loadMaterial } from '../edge/material.ts';
import { compilePlan, type Plan } from '../plan/plan.ts';
import { exampleFile } from './funnel-material.ts';

/** A plan with one of the example plugins, loaded as a run loads it; with `journeys` all visits follow those. */
export function examplePlan(name: string | null, journeys: string | null = null): Plan {
  const directory = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const source = exampleFile('plugins');
    for (const file of readdirSync(source)) {
      const isWanted = name !== null && file.startsWith(`${name}.`) && !file.includes('.test.');
      if (isWanted) copyFileSync(join(source, file), join(directory, file));
    }
    const settings = {
      ...defaultSettings,
      ecommerce_probability: 0.3,
      plugins_dir: name === null ? null : directory,
      ...(journeys !== null && { journey_share: 1, journeys }),
    };
    return compilePlan(settings, loadMaterial(settings).material, 1);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
