import type { BatchEffect } from '../batch-effects.ts';
import { type ComparedDay, differenceOf } from '../compare.ts';
import type { Uncertainty } from '../delivered.ts';
import { type Figures, figure } from '../figures.ts';
import type { Cause, Rule } from './cause.ts';

/** Sums over hits and visits: what a batch changes in them is the same whatever else is there. */
const additive = [
  'visits',
  'actions',
  'page_views',
  'searches',
  'outlinks',
  'downloads',
  'events',
  'orders',
];

/** Exactly one batch too few or too many, or all that the journal lost sight of. */
export const wholeBatch: Rule = ({ day, effects }, open) => {
  const explains = [...open];
  const { each, all_arrived } = effects();
  for (const effect of each) {
    if (matches(day, effect.missing)) return [missing(effect, explains)];
    if (matches(day, effect.twice)) return [twice(effect, explains)];
    if (matches(day, effect.arrived)) return [arrived(effect, explains)];
  }
  return matches(day, all_arrived) ? [allArrived(explains)] : [];
};

const matches = (day: ComparedDay, effect: Figures): boolean =>
  additive.some((name) => figure(effect, name) !== 0) &&
  additive.every((name) => differenceOf(day, name) === figure(effect, name));

const described = ({ batch }: BatchEffect): string =>
  `batch ${batch.id} of the journal (lane ${batch.lane}, ${batch.visits} visits, ${batch.hits} hits, sent ${new Date(batch.sent_at_ms).toISOString()})`;

const missing = (effect: BatchEffect, explains: readonly string[]): Cause => ({
  code: 'batch_missing',
  label: `batch ${effect.batch.id} missing`,
  text: `Exactly ${described(effect)} is missing: Matomo acknowledged it and does not have it. Look whether a database was restored or a cluster node lost writes at that time.`,
  explains,
});

const twice = (effect: BatchEffect, explains: readonly string[]): Cause => ({
  code: 'batch_twice',
  label: `batch ${effect.batch.id} twice`,
  text: `Exactly ${described(effect)} is there twice: it was sent again after Matomo had recorded it, by ON_UNKNOWN=resend or by something that repeats requests (a proxy, a load balancer).`,
  explains,
});

const arrived = (effect: BatchEffect, explains: readonly string[]): Cause => ({
  code: 'batch_arrived',
  label: `batch ${effect.batch.id} arrived`,
  text: `Exactly ${described(effect)} is there besides what is known to be: the journal has given it up because nobody could tell whether it arrived, and it did.`,
  explains,
});

const allArrived = (explains: readonly string[]): Cause => ({
  code: 'batches_arrived',
  label: 'lost batches arrived',
  text: 'Exactly what the journal has given up is there besides what is known to be: nobody could tell whether it arrived, and it did.',
  explains,
});

const reasons: Record<Uncertainty['why'], (hits: number) => string> = {
  given_up: (hits) => `of ${hits} hits it was never found out whether they arrived`,
  unnamed: (hits) =>
    `${hits} hits were refused or lost, and Matomo did not say which (it does for a super user’s token)`,
  unfinished: (hits) => `${hits} hits were under way when the backfill stopped: let it finish`,
  queued: (hits) =>
    `${hits} hits went into the queue of QueuedTracking: process it (./console queuedtracking:process) and reconcile again`,
};

/** Hits whose fate the journal does not know either. */
export const uncertainHits: Rule = ({ day, uncertain }, open) => {
  if (uncertain.length === 0) return [];
  const hits = uncertain.reduce((sum, each) => sum + each.hits, 0);
  if (Math.abs(differenceOf(day, 'actions')) > hits) return [];
  const told = uncertain.map(({ batch, hits: its, why }) => `batch ${batch}: ${reasons[why](its)}`);
  return [
    {
      code: 'hits_uncertain',
      label: 'uncertain hits',
      text: `The journal does not know everything of this day: ${told.join('; ')}.`,
      explains: [...open],
    },
  ];
};
