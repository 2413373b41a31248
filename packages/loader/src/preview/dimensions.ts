import { actions } from './dimensions/actions.ts';
import { campaigns } from './dimensions/campaigns.ts';
import { channels } from './dimensions/channels.ts';
import { countries } from './dimensions/countries.ts';
import { browsers, devices, systems } from './dimensions/devices.ts';
import { engines } from './dimensions/engines.ts';
import { funnels } from './dimensions/funnels.ts';
import { hits } from './dimensions/hits.ts';
import { journeys } from './dimensions/journeys.ts';
import { negative } from './dimensions/negative.ts';
import { orders } from './dimensions/orders.ts';
import { pageViews } from './dimensions/page-views.ts';
import { pages } from './dimensions/pages.ts';
import { returning, users } from './dimensions/returning.ts';
import { stays } from './dimensions/stays.ts';
import type { NewDimension } from './section.ts';

/** All that a preview counts, in the order in which it is told. What a plan has more of gets a file and a line here. */
export const dimensions: readonly NewDimension[] = [
  negative,
  returning,
  users,
  channels,
  engines,
  campaigns,
  countries,
  devices,
  browsers,
  systems,
  pageViews,
  pages,
  stays,
  actions,
  orders,
  funnels,
  journeys,
  hits,
];
