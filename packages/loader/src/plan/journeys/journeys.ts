import { journeyWeightsOf, type Settings } from '@trafficinator/contract';
import type { Origin } from '../channel.ts';
import { type Draws, purpose } from '../draw.ts';
import type { Material } from '../material/material.ts';
import type { PageLoads } from '../timings.ts';
import type { Hit, PluginFault, Visit, Visitor } from '../visit.ts';
import { Weighted } from '../weighted.ts';
import { type AssemblySettings, compileAssembly } from './assemble.ts';
import { journeysFromFile } from './from-file.ts';
import type { Journey, VisitorFacts } from './interface.ts';
import { messageOf } from './limits.ts';
import { personas } from './personas/personas.ts';
import { recordingAgain, recordingAnew } from './recording.ts';
import { groundOf } from './site.ts';

export type JourneySettings = AssemblySettings & Pick<Settings, 'journey_share' | 'journeys'>;

/** A journey that visits may follow, and where it comes from. */
export interface KnownJourney {
  readonly journey: Journey;
  readonly weight: number;
  /** Name of the plugin; null: built in, or from JOURNEYS_FILE. */
  readonly plugin: string | null;
}

const usualWeight = 10;

/**
 * All journeys there are, with the weights they get: the personas, those of JOURNEYS_FILE (one with a
 * persona's name stands in its place) and those of plugins. What JOURNEYS does not name has the weight of
 * its file or plugin; a persona that it does not name gets none.
 */
export function knownJourneys(
  { behaviour }: Pick<Material, 'behaviour'>,
  settings: Pick<Settings, 'journeys'>,
): KnownJourney[] {
  const { weights } = journeyWeightsOf(settings);
  const fromFile = journeysFromFile(behaviour?.file ?? null);
  const builtIn = personas.filter(({ name }) => !fromFile.some((own) => own.name === name));
  const weigh = (journey: Journey, plugin: string | null, otherwise: number): KnownJourney => ({
    journey,
    weight: weights.get(journey.name) ?? journey.weight ?? otherwise,
    plugin,
  });
  return [
    ...builtIn.map((each) => weigh(each, null, 0)),
    ...fromFile.map((each) => weigh(each, null, usualWeight)),
    ...(behaviour?.plugins ?? []).flatMap(({ name, journeys }) =>
      (journeys ?? []).map((each) => weigh(each, name, usualWeight)),
    ),
  ];
}

/** A visit's way, or what kept its plugin from planning it. */
export type Taken =
  | { readonly journey: string; readonly hits: Hit[]; readonly duration_ms: number }
  | { readonly fault: PluginFault };

/** Compiles the choice of a visit's journey and the way it takes; null when no visit follows one. */
export function compileJourneys(
  material: Material,
  settings: JourneySettings,
): ((draws: Draws, origin: Origin, visitor: Visitor, loads: PageLoads) => Taken | null) | null {
  if (settings.journey_share === 0) return null;
  const known = knownJourneys(material, settings);
  if (!known.some(({ weight }) => weight > 0)) return null;
  const choice = new Weighted(known, ({ weight }) => weight);
  const ground = groundOf(material);
  const recordOwn = recordingAgain(ground);
  const recordPlugin = recordingAnew(ground);
  const assemble = compileAssembly(settings);
  return (draws, origin, visitor, loads) => {
    if (!draws.chance(settings.journey_share, purpose.journeyShare)) return null;
    const { journey, plugin } = choice.at(draws.unit(purpose.journeyChoice));
    try {
      const record = plugin === null ? recordOwn : recordPlugin;
      const { drafts, duration_ms } = record(journey.visit, draws, () =>
        factsOf(visitor, origin.channel, origin.campaign?.name ?? null),
      );
      const hits = assemble(drafts, { draws, entry: origin.referrer, loads, views: 0, orders: 0 });
      const last = hits.findLast(({ kind }) => kind === 'pageview') as Hit;
      hits.push(endingOn(last, duration_ms));
      return { journey: journey.name, hits, duration_ms };
    } catch (error) {
      const message = `journey “${journey.name}”: ${messageOf(error)}`;
      return { fault: { plugin: plugin ?? journey.name, message } };
    }
  };
}

/** The end of a stay on the page that is open. */
export function endingOn(last: Hit, duration_ms: number): Hit {
  const { page, referrer, pageview_id } = last;
  return {
    kind: 'ping',
    offset_ms: duration_ms,
    pause_ms: 0,
    page,
    referrer,
    pageview_id,
    detail: null,
  };
}

export const factsOf = (
  visitor: Visitor,
  channel: Visit['channel'],
  campaign: string | null,
): VisitorFacts =>
  Object.freeze({
    country: visitor.place.country,
    device: visitor.device.kind,
    language: visitor.language.raw,
    channel,
    campaign,
  });
