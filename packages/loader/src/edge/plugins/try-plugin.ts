import type { JourneysFile, Settings } from '@trafficinator/contract';
import { messageOf } from '../../plan/journeys/limits.ts';
import { withOwnMaterial } from '../../plan/journeys/own-material.ts';
import { plainMaterial } from '../../plan/journeys/site.ts';
import type { Material } from '../../plan/material/material.ts';
import { compilePlan } from '../../plan/plan.ts';
import type { Visit } from '../../plan/visit.ts';
import { readPlugin } from './read-plugin.ts';
import { PluginWatch } from './watch.ts';

/** What trying a plugin showed. */
export interface Trial {
  readonly path: string;
  /** Visits that were planned with it, and how many of them it failed. */
  readonly visits: number;
  readonly faulty: number;
  readonly first_fault: string | null;
  readonly slow: number;
  readonly slowest_ms: number;
  /** Planned once more, at another time, the visits or the material were others. */
  readonly differs: boolean;
  /** Why it cannot be used; null: it can. */
  readonly unusable: string | null;
}

const triedVisits = 20;
/** Who visits is no plugin's affair, and visits that Matomo must not record are not shown to plugins. */
const strangers = { returning_visitor_share: 0, negative_traffic: null } as const;
const seed = 1;

/**
 * Plans a few visits with a plugin, twice: for each of its journeys, or if it has none as they are
 * planned anyway. `later` is called before the second time.
 */
export function tryPlugin(
  path: string,
  material: Material,
  file: JourneysFile | null,
  settings: Settings,
  later: () => void,
): Trial {
  const trial = { path, visits: 0, faulty: 0, first_fault: null, slow: 0, slowest_ms: 0 };
  const read = readPlugin(path);
  if ('why' in read) return { ...trial, differs: false, unusable: read.why };
  const watch = new PluginWatch(() => performance.now(), settings.plugin_budget_ms);
  const plugin = watch.over(read.plugin);
  const hook = plugin.material;
  const made = (): { readonly visits: Visit[]; readonly text: string } => {
    const own = hook === undefined ? material : withOwnMaterial(material, hook);
    const known = file === null ? null : { ...file, journeys: [] };
    const behaviour = { file: known, plugins: [plugin], digest: '', slow_calls: null };
    const tried = { ...own, behaviour };
    const names = plugin.journeys?.map(({ name }) => name) ?? [];
    const visits = (names.length === 0 ? [null] : names).flatMap((name) => {
      const share = name === null ? {} : { journey_share: 1, journeys: `${name}:1` };
      const others = names.filter((other) => other !== name).map((other) => `,${other}:0`);
      const chosen = { ...settings, ...strangers, ...share };
      if (name !== null) chosen.journeys += others.join('');
      const plan = compilePlan(chosen, tried, seed);
      return Array.from({ length: triedVisits }, (_, index) => plan(index));
    });
    return { visits, text: JSON.stringify([hook && plainMaterial(own), visits]) };
  };
  try {
    const first = made();
    later();
    const again = made();
    const faults = first.visits.flatMap(({ faults: own }) => own?.slice(0, 1) ?? []);
    const { slow, slowest_ms } = watch.counts().get(plugin.name) ?? { slow: 0, slowest_ms: 0 };
    return {
      path,
      visits: first.visits.length,
      faulty: faults.length,
      first_fault: faults[0]?.message ?? null,
      slow,
      slowest_ms,
      differs: first.text !== again.text,
      unusable: null,
    };
  } catch (error) {
    return { ...trial, differs: false, unusable: `fails: ${messageOf(error)}` };
  }
}
