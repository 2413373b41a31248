import { type FunnelStep, titleFromPath } from '@trafficinator/contract';
import { encoded, type Material, type Page } from '../material/material.ts';

/**
 * The page that each step happens on: its own, or the one that is open. A page is called what the step
 * says, else what the material calls it, else what its path says.
 */
export function compilePlaces(material: Material): (steps: readonly FunnelStep[]) => Page[] {
  const known = new Map(material.pages.map((page) => [page.url.raw, page]));
  return (steps) => {
    let open: Page | null = null;
    return steps.map((step) => {
      const url: URL | null = step.url === null ? null : new URL(step.url);
      const page: Page = url === null ? (open as Page) : pageOf(step, url, known);
      if (step.type === 'pageview') open = page;
      return page;
    });
  };
}

function pageOf(step: FunnelStep, url: URL, known: ReadonlyMap<string, Page>): Page {
  const found = known.get(url.href);
  const title = step.title ?? step.action_name;
  if (found !== undefined && (title === null || title === found.title.raw)) return found;
  return {
    url: found?.url ?? encoded(url.href),
    title: encoded(title ?? titleFromPath(url)),
  };
}
