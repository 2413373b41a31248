import { type Bucket, overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { distinct, grouped, share } from './numbers.ts';

/** A content hit with an interaction counts as that alone, not as an impression too. */
function rowsBy(bucket: Bucket, part: 'name' | 'piece') {
  const hits = bucket.actions.filter(({ action }) => action.content !== undefined);
  const rows = [];
  for (const [label, group] of grouped(hits, ({ action }) => action.content![part])) {
    const interactions = group.filter(({ action }) => action.content!.interaction !== '').length;
    const impressions = group.length - interactions;
    rows.push({
      label: label === '' ? 'Content piece not defined' : label,
      nb_uniq_visitors: distinct(group, ({ visit }) => visit.visitor_id),
      nb_visits: distinct(group, ({ visit }) => visit.id),
      nb_impressions: impressions,
      nb_interactions: interactions,
      interaction_rate: share(interactions, impressions, 2, bucket.formatted),
      segment: `${part === 'name' ? 'contentName' : 'contentPiece'}==${encodeURIComponent(label)}`,
    });
  }
  return rows.sort((one, other) => other.nb_impressions - one.nb_impressions);
}

export const contents: Readonly<Record<string, Method>> = {
  'Contents.getContentNames': (call) => overSpans(call, (bucket) => rowsBy(bucket, 'name')),
  'Contents.getContentPieces': (call) => overSpans(call, (bucket) => rowsBy(bucket, 'piece')),
};
