import { type Draws, purpose } from '../draw.ts';
import type { Encoded, Material } from '../material/material.ts';
import type { PageLoads } from '../timings.ts';
import type { Hit, PluginFault, Visit } from '../visit.ts';
import { type Assembled, type AssemblySettings, compileAssembly } from './assemble.ts';
import { heardHit, judge, kept } from './heard-hit.ts';
import type { PlannedHit, Plugin } from './interface.ts';
import { endingOn, factsOf } from './journeys.ts';
import { longestGap_ms, messageOf, PluginMistake } from './limits.ts';
import { plainHit } from './plain-hit.ts';
import { randomOf, Sequence } from './random.ts';
import { groundOf } from './site.ts';

type Made = Pick<Assembled, 'draws' | 'entry' | 'loads'>;
type Speaker = Pick<Plugin, 'name'> & { readonly hits: NonNullable<Plugin['hits']> };

/**
 * Compiles the last word that plugins have on a visit's hits, one after the other; null when none wants
 * it. A plugin that fails leaves the hits as they were.
 */
export function compileLastWord(
  material: Material,
  settings: AssemblySettings,
): ((visit: Visit, draws: Draws, entry: Encoded | null, loads: PageLoads) => Visit) | null {
  const speakers = (material.behaviour?.plugins ?? []).flatMap((plugin): Speaker[] =>
    plugin.hits === undefined ? [] : [{ name: plugin.name, hits: plugin.hits }],
  );
  if (speakers.length === 0) return null;
  const { site, byUrl } = groundOf(material);
  const assemble = compileAssembly(settings);

  const changedBy = (plugin: Speaker, visit: Visit, made: Made): Visit => {
    const { draws } = made;
    const before = visit.hits.slice(0, -1);
    const plain = new Map<PlannedHit, Hit>(before.map((hit) => [plainHit(hit), hit]));
    const random = randomOf(new Sequence(draws, purpose.pluginHits, saltOf(plugin.name)));
    const shown = Object.freeze({
      hits: Object.freeze([...plain.keys()]),
      visitor: factsOf(visit.visitor, visit.channel, visit.campaign),
      journey: visit.journey ?? null,
      funnel: visit.funnel?.name ?? null,
    });
    const answer: unknown = plugin.hits(shown, { random, site });
    if (answer === undefined) return visit;
    if (!Array.isArray(answer)) throw new PluginMistake('hits returned no list');
    const drafts = (answer as PlannedHit[]).map((said) => {
      const original = plain.get(said);
      return original === undefined ? heardHit(said, byUrl) : kept(original);
    });
    if (drafts.length === before.length && drafts.every((d, at) => d.original === before[at])) {
      return visit;
    }
    judge(drafts, Math.max(longestGap_ms, longestGapOf(before)));
    const taken = { views: count(before, 'pageview'), orders: count(before, 'order') };
    const hits = assemble(drafts, { ...made, ...taken });
    return withHits(visit, hits, new Map(drafts.map((d, at) => [d.original, hits[at] as Hit])));
  };

  return (visit, draws, entry, loads) => {
    let now = visit;
    for (const plugin of speakers) {
      try {
        now = changedBy(plugin, now, { draws, entry, loads });
      } catch (error) {
        now = withFault(now, { plugin: plugin.name, message: `hits: ${messageOf(error)}` });
      }
    }
    return now;
  };
}

export const withFault = (visit: Visit, fault: PluginFault): Visit => ({
  ...visit,
  faults: [...(visit.faults ?? []), fault],
});

/** Where a plugin's draws begin: by its name, so that another plugin beside it changes nothing. */
function saltOf(name: string): number {
  let hash = 0x811c_9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x0100_0193);
  return hash >>> 0;
}

const count = (hits: readonly Hit[], kind: Hit['kind']): number =>
  hits.filter((hit) => hit.kind === kind).length;

const longestGapOf = (hits: readonly Hit[]): number =>
  hits.reduce((most, hit, at) => Math.max(most, hit.offset_ms - (hits[at - 1]?.offset_ms ?? 0)), 0);

/** The visit with other hits: its end and the steps of its funnel follow. `became`: what kept hits are now. */
function withHits(visit: Visit, hits: readonly Hit[], became: ReadonlyMap<Hit | null, Hit>): Visit {
  const last = hits.findLast(({ kind }) => kind === 'pageview') as Hit;
  const duration_ms = Math.max(visit.duration_ms, hits.at(-1)?.offset_ms ?? 0);
  const changed = { ...visit, hits: [...hits, endingOn(last, duration_ms)], duration_ms };
  if (visit.funnel === undefined) return changed;
  const steps = visit.funnel.steps.map((step) =>
    step === null ? null : (became.get(step) ?? null),
  );
  return { ...changed, funnel: { ...visit.funnel, steps } };
}
