import type { ReferrerType } from '../engine/visit.ts';
import { overSpans } from './bucket.ts';
import type { Method } from './call.ts';
import { grouped } from './numbers.ts';
import { visitFigures } from './visits-summary.ts';

/** Matomo's numbers and names of the referrer types. */
export const REFERRER_TYPES: Readonly<Record<ReferrerType, { id: number; label: string }>> = {
  direct: { id: 1, label: 'Direct Entry' },
  search: { id: 2, label: 'Search Engines' },
  website: { id: 3, label: 'Websites' },
  campaign: { id: 6, label: 'Campaigns' },
  social: { id: 7, label: 'Social Networks' },
};

const rowsBy =
  (type: ReferrerType): Method =>
  (call) =>
    overSpans(call, ({ visits }) => {
      const ofType = visits.filter((visit) => visit.referrer.type === type);
      return [...grouped(ofType, (visit) => visit.referrer.name)]
        .map(([label, group]) => ({ label, ...visitFigures(group) }))
        .sort((one, other) => other.nb_visits - one.nb_visits);
    });

export const referrers: Readonly<Record<string, Method>> = {
  'Referrers.getReferrerType': (call) =>
    overSpans(call, ({ visits }) =>
      [...grouped(visits, (visit) => visit.referrer.type)]
        .map(([type, group]) => ({
          label: REFERRER_TYPES[type].label,
          ...visitFigures(group),
          segment: `referrerType==${type}`,
          referrer_type: REFERRER_TYPES[type].id,
        }))
        .sort((one, other) => other.nb_visits - one.nb_visits),
    ),
  'Referrers.getCampaigns': rowsBy('campaign'),
  'Referrers.getSearchEngines': rowsBy('search'),
  'Referrers.getSocials': rowsBy('social'),
  'Referrers.getWebsites': rowsBy('website'),
};
