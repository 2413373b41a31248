import { campaignsOf } from '@trafficinator/contract';
import { dependsOnDay } from '../../plan/plan.ts';
import type { NewDimension } from '../section.ts';
import { sharesOf, weightsBy } from '../shares.ts';

/** Which campaign visits come from. */
export const campaigns: NewDimension = ({ settings }) =>
  sharesOf(
    { name: 'campaigns', title: 'Campaigns', of: 'visits from campaigns' },
    (visit) => visit.campaign,
    weightsBy(
      campaignsOf(settings).campaigns,
      ({ name }) => name,
      ({ weight }) => weight,
    ),
    { judged: !dependsOnDay(settings) },
  );
