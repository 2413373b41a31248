import { bySeverity, type Problem, type Settings } from '@trafficinator/contract';
import { builtinMaterial } from '../plan/material/builtin.ts';
import type { Material } from '../plan/material/material.ts';
import { type BehaviourSettings, loadBehaviour } from './behaviour.ts';
import { type EventSettings, loadEvents } from './events.ts';
import { Failure } from './failure.ts';
import { loadFunnels } from './funnels.ts';
import { loadPages } from './pages.ts';

/** The settings that name files of what visits are made of. */
export type MaterialSettings = EventSettings &
  BehaviourSettings &
  Pick<Settings, 'urls_file' | 'funnel_config_path'>;

export interface LoadedMaterial {
  readonly material: Material;
  /** File that the pages come from; null for the built-in site. */
  readonly source: string | null;
  /** File that the funnels come from; null when there is none. */
  readonly funnels_source: string | null;
  /** File that the events come from; null for the built-in ones. */
  readonly events_source: string | null;
  /** File that journeys come from; null when there is none. */
  readonly journeys_source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads what visits are made of; throws a Failure with all there is to say when a file cannot be used. */
export function loadMaterial(settings: MaterialSettings): LoadedMaterial {
  const builtin = builtinMaterial();
  const loaded = loadPages(settings.urls_file);
  const pages = loaded.pages ?? builtin.pages;
  const origin = new URL((pages[0] ?? builtin.pages[0])?.url.raw ?? '').origin;
  const funnels = loadFunnels(settings.funnel_config_path, origin);
  const events = loadEvents(settings);
  const found = [...loaded.problems, ...funnels.problems, ...events.problems];
  refuse(found);
  const isBuiltin = loaded.pages === null && funnels.funnels.length === 0 && events.events === null;
  const behaved = loadBehaviour(
    settings,
    isBuiltin
      ? builtin
      : {
          ...builtin,
          pages,
          page_weights: loaded.weights,
          own_events: events.events,
          funnels: funnels.funnels,
        },
  );
  const problems = bySeverity([...found, ...behaved.problems]);
  refuse(problems);
  return {
    material: behaved.material,
    source: loaded.source,
    funnels_source: funnels.source,
    events_source: events.source,
    journeys_source: behaved.journeys_source,
    problems,
  };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) {
    throw new Failure(bySeverity(problems));
  }
}
