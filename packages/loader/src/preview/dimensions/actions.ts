import type { EventTemplate } from '../../plan/material/material.ts';
import type { Hit } from '../../plan/visit.ts';
import { isFree, type NewDimension, type Subject } from '../section.ts';
import { shareRow } from '../share-row.ts';

interface Action {
  readonly name: string;
  readonly asked: number;
  readonly is: (hit: Hit) => boolean;
}

/** What share of the visits does something besides viewing pages, where no funnel decides. */
export const actions: NewDimension = (subject) => {
  const kinds = actionsOf(subject);
  const counts = kinds.map(() => 0);
  let total = 0;
  return {
    see: (visit) => {
      if (!isFree(visit)) return;
      total++;
      for (const [at, { is }] of kinds.entries()) {
        if (visit.hits.some(is)) counts[at] = (counts[at] ?? 0) + 1;
      }
    },
    sections: () => [
      {
        name: 'actions',
        title: 'Visits with…',
        of: 'visits without funnel and journey',
        total,
        rows: kinds.map(({ name, asked }, at) => shareRow(name, counts[at] ?? 0, total, asked)),
        figures: [],
      },
    ],
  };
};

function actionsOf({ settings, material }: Subject): readonly Action[] {
  const ofKind = (name: string, kind: Hit['kind'], asked: number): Action => ({
    name,
    asked,
    is: (hit) => hit.kind === kind,
  });
  const own = material.own_events;
  const events = (name: string, which: 'click' | 'random'): Action => {
    const list = new Set<unknown>(own?.[which]?.events ?? material[`${which}_events`]);
    return {
      name,
      asked: own?.[`${which}_probability`] ?? settings[`${which}_events_probability`],
      is: (hit) => hit.kind === 'event' && list.has(hit.detail as EventTemplate),
    };
  };
  return [
    ofKind('a site search', 'search', settings.sitesearch_probability),
    ofKind('an outlink', 'outlink', settings.outlinks_probability),
    ofKind('a download', 'download', settings.downloads_probability),
    events('a click event', 'click'),
    events('a random event', 'random'),
    ofKind('an order', 'order', settings.ecommerce_probability),
  ];
}
