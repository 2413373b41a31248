import type { Problem } from '../problem.ts';
import type { SettingName, Settings } from '../settings/list.ts';
import { daysReadable, growthOnce } from './calendar.ts';
import { connectionsSuffice, slotsSuffice } from './capacity.ts';
import { campaignsUsable, channelsUsed, locationsSent } from './channels.ts';
import { currencyKnown } from './currency.ts';
import { bulkOnlyCompressed } from './delivery.ts';
import { journeysUsable } from './journeys.ts';
import { minNotAboveMax } from './min-max.ts';
import { negativeLeavesSome } from './negative.ts';
import { orderValueReachable } from './orders.ts';
import type { GivenSettings, Purpose, Rule } from './rule.ts';
import { shapeTableWhole } from './shape.ts';
import { shardsAgree, shardsAreLive, shardsHaveShares } from './shard.ts';
import { sharesReachable } from './shares.ts';
import { visitsStayWhole } from './splitting.ts';
import { signalAwaited } from './start.ts';
import { capsDivide, targetGiven, targetIsReal, targetsUsable } from './target.ts';
import { tlsCaUsed, tlsVerified } from './tls.ts';
import {
  tokenForBackfill,
  tokenForCountries,
  tokenForOldHits,
  tokenOverPlainHttp,
} from './token.ts';
import { returnDaysReadable } from './visitors.ts';
import { capReachable, runEnds, targetModerate } from './volume.ts';
import { zoneKnown } from './zone.ts';

/** Rules about what a value or a pair means; the later ones count on them. */
const first: readonly Rule[] = [
  targetGiven,
  targetsUsable,
  ...minNotAboveMax,
  zoneKnown,
  currencyKnown,
  shapeTableWhole,
  ...daysReadable,
  growthOnce,
  campaignsUsable,
  returnDaysReadable,
  journeysUsable,
];

const then: readonly Rule[] = [
  targetIsReal,
  capsDivide,
  tokenForBackfill,
  tokenForCountries,
  tokenForOldHits,
  tokenOverPlainHttp,
  tlsVerified,
  tlsCaUsed,
  targetModerate,
  visitsStayWhole,
  sharesReachable,
  channelsUsed,
  locationsSent,
  negativeLeavesSome,
  orderValueReachable,
  slotsSuffice,
  connectionsSuffice,
  capReachable,
  runEnds,
  shardsAgree,
  shardsHaveShares,
  shardsAreLive,
  signalAwaited,
  bulkOnlyCompressed,
].flat();

/**
 * All rules over the settings. A rule is left out while a setting that it reads is `broken`, so that
 * one mistake is told once.
 */
export function checkRules(
  settings: Settings,
  given: GivenSettings,
  broken: ReadonlySet<SettingName>,
  purpose: Purpose,
): Problem[] {
  const wrong = new Set<string>(broken);
  const problems: Problem[] = [];
  for (const rules of [first, then]) {
    const found = rules
      .filter((rule) => !rule.reads.some((name) => wrong.has(name)))
      .filter((rule) => purpose !== 'backfill' || rule.live !== true)
      .flatMap((rule) => rule.check(settings, given, purpose));
    for (const p of found) if (p.severity === 'error') for (const name of p.fields) wrong.add(name);
    problems.push(...found);
  }
  return problems;
}
