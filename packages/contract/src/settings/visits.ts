import { integer, number, optionalText } from './define.ts';

/** What one visit looks like. */
export const visits = {
  pageviews_min: integer({
    label: 'Page views, least',
    help: 'Fewest page views of a visit.',
    unit: 'pages',
    default: 3,
    min: 1,
    max: 100,
  }),
  pageviews_max: integer({
    label: 'Page views, most',
    help: 'Most page views of a visit; between the two all numbers are equally likely.',
    unit: 'pages',
    default: 6,
    min: 1,
    max: 100,
  }),
  visit_duration_min: number({
    label: 'Visit duration, least',
    help: 'Shortest simulated stay.',
    unit: 'minutes',
    default: 1,
    min: 0,
    max: 240,
  }),
  visit_duration_max: number({
    label: 'Visit duration, most',
    help: 'Longest simulated stay.',
    unit: 'minutes',
    default: 8,
    min: 0,
    max: 240,
  }),
  pause_between_pvs_min: number({
    label: 'Pause between page views, least',
    help: 'Shortest real pause before the next page view of a visit.',
    unit: 'seconds',
    default: 0.5,
    min: 0,
    max: 1799,
    shown_when: { setting: 'visit_pacing', is: ['compressed'] },
  }),
  pause_between_pvs_max: number({
    label: 'Pause between page views, most',
    help: 'Longest real pause before the next page view of a visit.',
    unit: 'seconds',
    default: 2,
    min: 0,
    max: 1799,
    shown_when: { setting: 'visit_pacing', is: ['compressed'] },
  }),
  funnel_config_path: optionalText({
    format: 'path',
    label: 'Funnels',
    help: 'JSON file with funnels: exact sequences of steps that a share of the visits takes (docs/funnels.md). Unset: /app/data/funnels.json if it exists, else none.',
  }),
  urls_file: optionalText({
    format: 'path',
    label: 'URL list',
    help: 'File with the pages of your site: a URL, then a tab or two spaces, then its title, then perhaps a tab and how often it is viewed relative to the others, one a line. Unset: the first of /app/data/urls.txt and /config/urls.txt that exists, else a built-in shop of 2,000 pages.',
  }),
};
