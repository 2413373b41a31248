import type { HitKind } from '../../plan/visit.ts';
import type { NewDimension } from '../section.ts';
import { shareRow } from '../share-row.ts';

/** How many hits a visit has, pings included, and of which kinds they are. */
export const hits: NewDimension = () => {
  const byLength = new Map<number, number>();
  const byKind = new Map<HitKind, number>();
  let visits = 0;
  let total = 0;
  return {
    see: (visit) => {
      visits++;
      total += visit.hits.length;
      byLength.set(visit.hits.length, (byLength.get(visit.hits.length) ?? 0) + 1);
      for (const { kind } of visit.hits) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    },
    sections: () => {
      if (visits === 0) return [];
      const mean = { name: 'mean', value: total / visits, unit: 'hits a visit', asked: null };
      return [
        {
          name: 'hits',
          title: 'Hits a visit',
          of: 'visits',
          total: visits,
          rows: [...byLength]
            .sort((a, b) => a[0] - b[0])
            .map(([length, count]) => shareRow(String(length), count, visits, null)),
          figures: [{ ...mean, value: Math.round(mean.value * 1000) / 1000 }],
        },
        {
          name: 'kinds',
          title: 'Kinds of hits',
          of: 'hits',
          total,
          rows: [...byKind]
            .sort((a, b) => b[1] - a[1])
            .map(([kind, count]) => shareRow(kind, count, total, null)),
          figures: [],
        },
      ];
    },
  };
};
