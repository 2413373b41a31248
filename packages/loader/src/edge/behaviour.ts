import {
  defaultSettings,
  journeyWeightsOf,
  type Problem,
  problem,
  type Settings,
} from '@trafficinator/contract';
import { type KnownJourney, knownJourneys } from '../plan/journeys/journeys.ts';
import type { Behaviour } from '../plan/material/behaviour.ts';
import type { Material } from '../plan/material/material.ts';
import { loadJourneys } from './journeys.ts';
import { loadPlugins } from './plugins/load-plugins.ts';

export type BehaviourSettings = Pick<
  Settings,
  'journey_share' | 'journeys' | 'journeys_file' | 'plugins_dir' | 'plugin_budget_ms'
>;

export interface LoadedBehaviour {
  /** With journeys and plugins, and the lists that plugins put in place of others. */
  readonly material: Material;
  /** File that journeys come from; null when there is none. */
  readonly journeys_source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads journeys and plugins of the user's own, and judges JOURNEYS by the journeys there are. */
export function loadBehaviour(settings: BehaviourSettings, material: Material): LoadedBehaviour {
  const { file, source, digest, problems } = loadJourneys(settings.journeys_file, material);
  const loaded =
    settings.plugins_dir === null
      ? null
      : loadPlugins(settings.plugins_dir, material, file, { ...defaultSettings, ...settings });
  const behaviour: Behaviour | null =
    file === null && loaded === null
      ? null
      : {
          file,
          plugins: loaded?.plugins ?? [],
          digest: `${digest} ${loaded?.digest ?? ''}`,
          slow_calls: loaded?.watch ?? null,
        };
  const all = [...problems, ...(loaded?.problems ?? [])];
  const whole = behaviour === null ? material : { ...(loaded?.material ?? material), behaviour };
  const isWhole = all.every(({ severity }) => severity !== 'error');
  const judged = isWhole ? nameProblems(whole, settings) : [];
  return { material: whole, journeys_source: source, problems: [...all, ...judged] };
}

function nameProblems(material: Material, settings: BehaviourSettings): Problem[] {
  const known = knownJourneys(material, settings);
  const names = known.map(({ journey }) => journey.name);
  const twice = names.filter((name, at) => names.indexOf(name) < at);
  const problems = [...new Set(twice)].map((name) =>
    problem('plugin_unusable', {
      fields: ['plugins_dir'],
      message: `Several journeys have the name “${name}”: ${placesOf(known, name)}.`,
      remedy: 'Give each its own name.',
    }),
  );
  const { weights } = journeyWeightsOf(settings);
  for (const name of weights.keys()) {
    if (names.includes(name)) continue;
    problems.push(
      problem('journey_unknown', {
        fields: ['journeys'],
        value: settings.journeys,
        message: `JOURNEYS names “${name}”, but there is no such journey.`,
        remedy: `There are ${names.join(', ')}.`,
      }),
    );
  }
  if (settings.journey_share > 0 && !known.some(({ weight }) => weight > 0)) {
    problems.push(
      problem('journeys_malformed', {
        fields: ['journeys'],
        message: 'No journey has a weight above 0, but JOURNEY_SHARE is above 0.',
        remedy: 'Give at least one journey a weight in JOURNEYS, or set JOURNEY_SHARE=0.',
      }),
    );
  }
  const own = names.filter((_, at) => known[at]?.plugin !== null);
  if (settings.journey_share === 0 && (material.behaviour?.file?.journeys.length || own.length)) {
    problems.push(
      problem('journeys_unused', {
        fields: ['journey_share'],
        message: 'No visit follows a journey, because JOURNEY_SHARE is 0.',
        remedy: 'Set JOURNEY_SHARE to the share of visits that shall, for example 0.5.',
      }),
    );
  }
  return problems;
}

const placesOf = (known: readonly KnownJourney[], name: string): string =>
  known
    .filter(({ journey }) => journey.name === name)
    .map(({ plugin }) => (plugin === null ? 'built in or JOURNEYS_FILE' : `plugin ${plugin}`))
    .join(', ');
