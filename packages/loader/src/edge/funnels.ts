import { type Funnel, findTrap, type Problem, problem, readFunnels } from '@trafficinator/contract';
import { type FoundFile, findFile } from './text-file.ts';

const usualFile = '/app/data/funnels.json';
const shownAddresses = 5;

export interface LoadedFunnels {
  /** In the order in which they are tried; all addresses of pages absolute. */
  readonly funnels: readonly Funnel[];
  /** File they come from; null when there is none. */
  readonly source: string | null;
  readonly problems: readonly Problem[];
}

/** Loads the funnels; relative addresses are taken as pages of the site at `origin`. */
export function loadFunnels(named: string | null, origin: string): LoadedFunnels {
  let found: FoundFile | null;
  try {
    found = findFile(named, usualFile);
  } catch (error) {
    return { funnels: [], source: named, problems: [unreadable(named ?? usualFile, error)] };
  }
  if (found === null) return { funnels: [], source: null, problems: [] };
  const { path, text } = found;
  const read = readFunnels(text, path);
  const relative: string[] = [];
  const funnels = read.funnels.map((funnel) => ({
    ...funnel,
    steps: funnel.steps.map((step) => {
      if (step.url === null) return step;
      if (!URL.canParse(step.url)) relative.push(step.url);
      return { ...step, url: new URL(step.url, origin).href };
    }),
  }));
  const problems = [
    ...read.problems,
    ...relativeWarning(relative, origin, path),
    ...funnels.flatMap((funnel) => misreadWarnings(funnel, path)),
  ];
  return { funnels, source: path, problems };
}

const unreadable = (path: string, error: unknown): Problem =>
  problem('funnels_unusable', {
    fields: ['funnel_config_path'],
    value: path,
    message: `The funnels file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    remedy: 'Correct FUNNEL_CONFIG_PATH, or leave it out for traffic without funnels.',
  });

function relativeWarning(relative: readonly string[], origin: string, path: string): Problem[] {
  if (relative.length === 0) return [];
  const different = [...new Set(relative)];
  const rest = different.length - shownAddresses;
  const list = `${different.slice(0, shownAddresses).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [
    problem('funnel_address_relative', {
      fields: ['funnel_config_path'],
      source: `file ${path}`,
      message: `Relative addresses in the funnels are taken as pages of ${origin}, where the first page of the site is: ${list}.`,
      remedy: 'Write whole addresses if that is not meant.',
    }),
  ];
}

const misreadings = {
  search: 'Matomo records it as a site search, not as a page view',
  campaign: 'Matomo starts a new visit from this campaign in the middle of the visit',
};

/** Addresses of page views that Matomo reads as something else; a visit may begin with a campaign. */
function misreadWarnings(funnel: Funnel, path: string): Problem[] {
  return funnel.steps.flatMap((step, at) => {
    if (step.type !== 'pageview') return [];
    const found = findTrap(new URL(step.url));
    if (found === null || (found.trap === 'campaign' && at === 0)) return [];
    return [
      problem('funnel_address_misread', {
        fields: ['funnel_config_path'],
        source: `file ${path}`,
        message: `Funnel “${funnel.name}”, step ${at + 1}: because of the parameter “${found.parameter}” ${misreadings[found.trap]}.`,
        remedy: 'Take the parameter out of the address.',
      }),
    ];
  });
}
