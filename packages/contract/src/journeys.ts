import { isComplaint } from './complaint.ts';
import { type Problem, problem } from './problem.ts';
import type { Settings } from './settings/list.ts';
import { namesAndWeights, weightComplaint } from './weights.ts';

/** What a journey and a plugin may be called. */
export const journeyName = /^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,59}$/u;

/**
 * The weights that JOURNEYS gives to journeys by their names, which are known only once plugins and files
 * are read. With an error there are none.
 */
export function journeyWeightsOf(settings: Pick<Settings, 'journeys'>): {
  readonly weights: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
} {
  const written = namesAndWeights('JOURNEYS', settings.journeys);
  if (isComplaint(written)) return { weights: new Map(), problems: [malformed(written.message)] };
  const weights = new Map<string, number>();
  const problems = written.value.flatMap(([name, weight], at) => {
    const wrong = weightComplaint('JOURNEYS', name, weight, at);
    if (wrong !== null) return [malformed(wrong.message)];
    if (weights.has(name)) return [malformed(`JOURNEYS names “${name}” twice.`)];
    weights.set(name, weight as number);
    return [];
  });
  return { weights: problems.length > 0 ? new Map() : weights, problems };
}

const malformed = (message: string): Problem =>
  problem('journeys_malformed', {
    fields: ['journeys'],
    message,
    remedy: 'Write names with weights, for example JOURNEYS=researcher:25,buyer:15,casual:60.',
  });
