import { number, optionalText } from './define.ts';

const share = (label: string, help: string, value: number) =>
  number({ label, help, unit: 'share of visits', default: value, min: 0, max: 1 });

/** What visitors do besides viewing pages: each a share of all visits, 0 to 1. */
export const actions = {
  sitesearch_probability: share('Site search', 'Share of visits with a site search.', 0.15),
  outlinks_probability: share('Outlinks', 'Share of visits with a click on an outgoing link.', 0.1),
  downloads_probability: share('Downloads', 'Share of visits with a download.', 0.08),
  click_events_probability: share('Click events', 'Share of visits with a click event.', 0.25),
  random_events_probability: share(
    'Random events',
    'Share of visits with a behaviour event (scrolling, errors, features).',
    0.12,
  ),
  events_file: optionalText({
    format: 'path',
    label: 'Events',
    help: 'JSON file with events of your own in place of the built-in click and behaviour events (docs/funnels.md). Unset: /app/data/events.json if it exists, else the built-in ones.',
  }),
};
