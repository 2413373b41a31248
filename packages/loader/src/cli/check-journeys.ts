import type { Settings } from '@trafficinator/contract';
import type { LoadedMaterial } from '../edge/material.ts';
import { knownJourneys } from '../plan/journeys/journeys.ts';
import type { Finding } from './check-findings.ts';

/** What the check found of journeys and plugins; nothing where there are none. */
export function journeyFindings(
  { material, journeys_source }: LoadedMaterial,
  settings: Settings,
): Finding[] {
  const findings: Finding[] = [];
  const { behaviour } = material;
  if (settings.journey_share > 0) {
    const known = knownJourneys(material, settings).filter(({ weight }) => weight > 0);
    const sum = known.reduce((total, { weight }) => total + weight, 0);
    const shares = known.map(
      ({ journey, weight }) =>
        `${journey.name} ${percent((settings.journey_share * weight) / sum)}`,
    );
    const source = journeys_source === null ? '' : `, with ${journeys_source}`;
    findings.push({
      name: 'journeys',
      value: known.length,
      label: 'Journeys',
      text: `${percent(settings.journey_share)} of the visits without a funnel${source}: ${shares.join(', ')}`,
      consequence: 'these visits go through the site as their journeys say',
      remedy: null,
    });
  }
  if (behaviour !== null && behaviour.plugins.length > 0) {
    findings.push({
      name: 'plugins',
      value: behaviour.plugins.length,
      label: 'Plugins',
      text: behaviour.plugins
        .map(({ name, journeys, hits }) => {
          const parts = [
            ...(journeys ?? []).map((journey) => `journey ${journey.name}`),
            ...(hits === undefined ? [] : ['every visit’s hits']),
          ];
          return `${name} (${parts.length === 0 ? 'material' : parts.join(', ')})`;
        })
        .join(', '),
      consequence: 'they take part in planning; each was tried with a few visits',
      remedy: null,
    });
  }
  return findings;
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;
