import { number, optionalText, text } from './define.ts';

/** Journeys: personas and ways of the user's own through the site. */
export const journeys = {
  journey_share: number({
    label: 'Visits on a journey',
    help: 'Share of the visits without a funnel that follow a journey: a persona’s way through the site with entry pages, sections, popular pages, bounces, products, carts and orders (docs/journeys.md). The others browse as the settings of “What visitors do” say.',
    unit: 'share of visits',
    default: 0,
    min: 0,
    max: 1,
  }),
  journeys: text({
    format: 'weights',
    label: 'Journeys',
    help: 'How visits on a journey divide: names with weights. Built in are researcher, buyer and casual; one that is left out gets none. Journeys of JOURNEYS_FILE and PLUGINS_DIR that are left out keep the weight they have there; 0 switches one off.',
    default: 'researcher:25,buyer:15,casual:60',
  }),
  journeys_file: optionalText({
    format: 'path',
    label: 'Journeys of your own',
    help: 'JSON file with journeys of your own or the built-in ones with other shares, the sections’ weights and how popular pages are (docs/journeys.md). Unset: /app/data/journeys.json if it exists, else none.',
  }),
  plugins_dir: optionalText({
    format: 'path',
    label: 'Plugins',
    help: 'Directory with ES modules (.mjs, .js, .mts, .ts) of your own that add journeys, material or hits (docs/plugins.md). They run inside the loader: put only code there that you trust. Unset: none.',
  }),
  plugin_budget_ms: number({
    label: 'Time for a plugin',
    help: 'How long a plugin may take over one visit. A visit that takes longer is planned all the same, counted as slow and warned of.',
    unit: 'ms',
    default: 50,
    min: 0.1,
    max: 60_000,
  }),
};
