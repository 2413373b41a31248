import {
  type Funnel,
  type FunnelStep,
  type Problem,
  problem,
  type Settings,
} from '@trafficinator/contract';
import type { PluginName } from '../send/preflight/doctor.ts';
import type { Finding } from './check-findings.ts';

interface Meaning {
  /** What it means for this program that the plugin is on, and that it is off. */
  readonly on: string;
  readonly off: string;
  /** Which of both is trouble for a run with these settings and funnels, and what helps. */
  readonly trouble: (
    settings: Settings,
    funnels: readonly Funnel[],
  ) => { readonly is: 'on' | 'off'; readonly remedy: string } | null;
}

/** Trouble for a run with orders or journeys, or with funnels that have steps of these types. */
const lost =
  (...types: readonly FunnelStep['type'][]): Meaning['trouble'] =>
  ({ ecommerce_probability, journey_share }, funnels) => {
    const steps = funnels
      .filter(({ probability }) => probability > 0)
      .flatMap(({ steps }) => steps.map(({ type }) => type));
    const inFunnels = types.filter((type) => steps.includes(type)).join(' and ');
    const without = [
      ...(ecommerce_probability > 0 ? ['set ECOMMERCE_PROBABILITY=0'] : []),
      ...(journey_share > 0 ? ['set JOURNEY_SHARE=0'] : []),
      ...(inFunnels === '' ? [] : [`take the ${inFunnels} steps out of the funnels`]),
    ].join(' and ');
    if (without === '') return null;
    return {
      is: 'off',
      remedy: `Activate it in Matomo (Administration, Plugins), or ${without}.`,
    };
  };

const meanings: Readonly<Record<PluginName, Meaning>> = {
  BulkTracking: {
    on: 'a backfill can send many hits in one request',
    off: 'Matomo refuses bulk requests, so a backfill has to send its hits one by one',
    trouble: ({ delivery }) =>
      delivery === 'single'
        ? null
        : {
            is: 'off',
            remedy:
              'Activate it in Matomo (Administration, Plugins), or set DELIVERY=single for a backfill.',
          },
  },
  QueuedTracking: {
    on: 'Matomo says yes to live hits before it records them, and a rest below its queue size stays in the queue',
    off: 'hits are recorded when Matomo says yes',
    trouble: () => ({
      is: 'on',
      remedy:
        'Process its queue every minute (./console queuedtracking:process) and let it process every request, or switch it off meanwhile. A backfill asks it to record at once (queuedtracking=0).',
    }),
  },
  Live: {
    on: 'the visitor log can be asked whether hits arrived',
    off: 'nobody can look up whether hits arrived: ON_UNKNOWN=probe and the causes of `reconcile` need the visitor log',
    trouble: () => ({
      is: 'off',
      remedy:
        'Activate it in Matomo (Administration, Plugins), or set ON_UNKNOWN to resend or skip.',
    }),
  },
  Goals: {
    on: 'goals and orders are reported',
    off: 'no goal and no order is reported',
    trouble: lost('goal', 'ecommerce', 'cart'),
  },
  Ecommerce: {
    on: 'orders are recorded as such',
    off: 'orders are not recorded',
    trouble: lost('ecommerce', 'cart'),
  },
  CustomDimensions: {
    on: 'custom dimensions are recorded',
    off: 'custom dimensions are ignored',
    trouble: () => null,
  },
  MarketingCampaignsReporting: {
    on: 'campaigns are reported with source, medium, content and id',
    off: 'campaigns are reported with name and keyword alone',
    trouble: () => null,
  },
  TrackingSpamPrevention: {
    on: 'it may leave out hits of cloud networks, of headless browsers and of very busy visits, and Matomo says yes to them all the same',
    off: 'no hit is left out as spam, but for referrer spam',
    trouble: () => ({
      is: 'on',
      remedy:
        'Look at its settings (Administration, General settings): allow this machine’s address and switch off what blocks clouds and many actions, at least meanwhile.',
    }),
  },
};

/** What the plugins mean for a run with these settings and funnels; what Matomo does not tell is left out. */
export function pluginFindings(
  plugins: Readonly<Record<PluginName, boolean | null>>,
  settings: Settings,
  funnels: readonly Funnel[],
): { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] } {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  for (const [name, active] of Object.entries(plugins) as [PluginName, boolean | null][]) {
    if (active === null) continue;
    const is = active ? 'on' : 'off';
    const trouble = meanings[name].trouble(settings, funnels);
    const remedy = trouble?.is === is ? trouble.remedy : null;
    const consequence = meanings[name][is];
    findings.push({
      name: `plugin_${name}`,
      label: `Plugin ${name}`,
      value: active,
      text: `${is}: ${consequence}`,
      consequence,
      remedy,
    });
    if (remedy !== null) {
      const message = `The plugin ${name} is ${is}: ${consequence}.`;
      problems.push(problem(active ? 'plugin_interferes' : 'plugin_off', { message, remedy }));
    }
  }
  return { findings, problems };
}
