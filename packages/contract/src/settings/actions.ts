import { number, optionalText } from './define.ts';

const share = (made: { readonly label: string; readonly help: string; readonly default: number }) =>
  number({ ...made, unit: 'share of visits', min: 0, max: 1 });

/** What visitors do besides viewing pages: each a share of all visits, 0 to 1. */
export const actions = {
  sitesearch_probability: share({
    label: 'Site search',
    help: 'Share of visits with a site search.',
    default: 0.15,
  }),
  outlinks_probability: share({
    label: 'Outlinks',
    help: 'Share of visits with a click on an outgoing link.',
    default: 0.1,
  }),
  downloads_probability: share({
    label: 'Downloads',
    help: 'Share of visits with a download.',
    default: 0.08,
  }),
  click_events_probability: share({
    label: 'Click events',
    help: 'Share of visits with a click event.',
    default: 0.25,
  }),
  random_events_probability: share({
    label: 'Random events',
    help: 'Share of visits with a behaviour event (scrolling, errors, features).',
    default: 0.12,
  }),
  events_file: optionalText({
    format: 'path',
    label: 'Events',
    help: 'JSON file with events of your own in place of the built-in click and behaviour events (docs/funnels.md). Unset: /app/data/events.json if it exists, else the built-in ones.',
  }),
};
