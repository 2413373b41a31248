import { type NegativeKind, negativeKinds, type Settings } from '@trafficinator/contract';
import { type Draws, purpose } from './draw.ts';
import type { Material } from './material/material.ts';
import type { PageChoice } from './page-choice.ts';
import { pageViews } from './pages.ts';
import type { compileTimings } from './timings.ts';
import type { Hit, Visit, Visitor } from './visit.ts';

export type NegativeSettings = Pick<Settings, 'negative_traffic' | 'visit_duration_max'>;

/** Most pages that a crawler fetches in a visit, and its longest stay on each of them. */
const mostPages = 5;
const longestDwell_ms = 15_000;

/**
 * Compiles the visits that Matomo must not record; null when there are none. The function answers null for
 * the visits that are not among them, which do not change by it. Whatever Matomo judges by must be in every
 * hit, since it looks at each alone: so a visit with a spam referrer has one page view only.
 */
export function compileNegative(
  { negative }: Pick<Material, 'negative'>,
  settings: NegativeSettings,
  visitorOf: (draws: Draws) => Visitor,
  choosePages: PageChoice,
  timingsOf: ReturnType<typeof compileTimings>,
): ((draws: Draws) => Visit | null) | null {
  const kindAt = compileKinds(settings.negative_traffic);
  if (kindAt === null) return null;
  const longest_ms = settings.visit_duration_max * 60_000;
  return (draws) => {
    const kind = kindAt(draws.unit(purpose.negative));
    if (kind === null) return null;
    const visitor = visitorOf(draws);
    const count = kind === 'bots' ? draws.between(1, mostPages, purpose.negativePages) : 1;
    const stay_ms = count * longestDwell_ms * draws.unit(purpose.duration);
    const pages = choosePages(draws, count);
    const loads = timingsOf(draws, visitor.device.kind);
    const views = (referrer: Hit['referrer']) =>
      pageViews(draws, pages, Math.min(stay_ms, longest_ms), [0, 0], referrer, loads);
    if (kind === 'spam_referrers') {
      const referrer = draws.pick(negative.spam_referrers, purpose.negativeSource);
      return visitOf(draws, kind, visitor, views(referrer), 'website');
    }
    const device = draws.pick(negative[kind], purpose.negativeSource);
    const resolution = draws.pick(device.resolutions, purpose.resolution);
    return visitOf(draws, kind, { ...visitor, device, resolution }, views(null), 'direct');
  };
}

function visitOf(
  draws: Draws,
  negative: NegativeKind,
  visitor: Visitor,
  hits: readonly Hit[],
  channel: Visit['channel'],
): Visit {
  const duration_ms = (hits.at(-1) as Hit).offset_ms;
  return { index: draws.visit, visitor, hits, duration_ms, channel, campaign: null, negative };
}

/** Which kind a number in [0, 1) falls on, null: none; the whole is null when no kind has a share. */
function compileKinds(
  shares: Settings['negative_traffic'],
): ((u: number) => NegativeKind | null) | null {
  let upTo = 0;
  const ends = negativeKinds.map((kind) => {
    upTo += shares?.[kind] ?? 0;
    return { kind, upTo };
  });
  if (upTo === 0) return null;
  return (u) => (u < upTo ? (ends.find((end) => u < end.upTo)?.kind ?? null) : null);
}
