import type { Draws } from '../draw.ts';
import type { JourneyVisit, VisitorFacts } from './interface.ts';
import { PluginMistake } from './limits.ts';
import { Left, type Recorded, Recorder } from './recorder.ts';
import type { Ground } from './site.ts';

/**
 * Lets a journey plan one visit and writes down what it says; `visitorOf` is asked at most once. Throws what
 * the journey throws, or a PluginMistake.
 */
export type Recording = (
  journey: (v: JourneyVisit) => unknown,
  draws: Draws,
  visitorOf: () => VisitorFacts,
) => Recorded;

/** For anybody's journeys: what one is offered belongs to one visit, even if the journey keeps it. */
export const recordingAnew =
  (ground: Ground): Recording =>
  (journey, draws, visitorOf) => {
    const recorder = new Recorder(ground, draws);
    return recorded(recorder, journey, Object.freeze(recorder.offered(visitorOf())));
  };

/**
 * For journeys that keep nothing of a visit, as the built-in ones: all visits are offered the same object,
 * since to make one, with a function for each thing that can be said, is a large part of what a visit costs.
 */
export function recordingAgain(ground: Ground): Recording {
  let used: { readonly recorder: Recorder; readonly offered: JourneyVisit } | null = null;
  let asked: () => VisitorFacts;
  let known: VisitorFacts | null = null;
  const get = (): VisitorFacts => {
    known ??= asked();
    return known;
  };
  return (journey, draws, visitorOf) => {
    asked = visitorOf;
    known = null;
    if (used === null) {
      const recorder = new Recorder(ground, draws);
      const offered = recorder.offered(visitorOf());
      Object.defineProperty(offered, 'visitor', { get, enumerable: true });
      used = { recorder, offered: Object.freeze(offered) };
    } else used.recorder.begin(draws);
    return recorded(used.recorder, journey, used.offered);
  };
}

function recorded(
  recorder: Recorder,
  journey: (v: JourneyVisit) => unknown,
  offered: JourneyVisit,
): Recorded {
  try {
    const answer = journey(offered);
    if (isPromise(answer)) {
      answer.then(undefined, () => {});
      throw new PluginMistake('visit is asynchronous; it must have said all when it returns');
    }
  } catch (error) {
    if (!(error instanceof Left)) throw error;
  }
  return recorder.ended();
}

const isPromise = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as PromiseLike<unknown> | null | undefined)?.then === 'function';
