import { campaignsOf, type Settings } from '@trafficinator/contract';
import type { Material } from './material/material.ts';

/**
 * The addresses of all pages that visits may see, each once: those of the URL list, of funnels and of
 * campaigns. A landing page may be a path on the site.
 */
export function addressesOf(
  { pages, funnels }: Pick<Material, 'pages' | 'funnels'>,
  settings: Pick<Settings, 'campaigns' | 'channels'>,
): string[] {
  const listed = pages.map(({ url }) => url.raw);
  const steps = funnels.flatMap((funnel) => funnel.steps.flatMap(({ url }) => url ?? []));
  const campaigns = (settings.channels.campaign ?? 0) > 0 ? campaignsOf(settings).campaigns : [];
  const landings = campaigns.flatMap(({ landing_page }) =>
    landing_page === null ? [] : [new URL(landing_page, listed[0]).href],
  );
  return [...new Set([...listed, ...steps, ...landings])];
}
