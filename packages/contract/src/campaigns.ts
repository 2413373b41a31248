import * as z from 'zod/mini';
import { burstMistakes, burstSchema } from './bursts.ts';
import { isComplaint } from './complaint.ts';
import { jsonOf, mistakesOf } from './file-mistake.ts';
import { amount, orNull, trimmed } from './forms.ts';
import { type Problem, problem } from './problem.ts';
import type { Settings } from './settings/list.ts';
import { heaviest, namesAndWeights, weightComplaint } from './weights.ts';

const longest = 100;
const detail = orNull(trimmed(longest));

/** Matomo would read another campaign, or another name of this one, from these. */
const campaignParameter = /[?&#](mtm|utm|pk|piwik|matomo)_/i;

const address = z.string().check(z.maxLength(1_024));
const landingPage = address.check(
  z.refine((text) => text.startsWith('/') || isAddress(text), {
    error: 'must be an absolute http or https address, or a path that begins with /',
  }),
  z.refine((text) => !campaignParameter.test(text), {
    error: 'must not hold campaign parameters: they are added',
  }),
);
const referrer = address.check(
  z.refine(isAddress, { error: 'must be an absolute http or https address' }),
);

/** A campaign; all but the name may be left out. */
const campaign = z.strictObject({
  name: trimmed(longest),
  /** Relative to the other campaigns. */
  weight: z._default(amount(0, heaviest), 1),
  source: detail,
  medium: detail,
  keyword: detail,
  content: detail,
  id: detail,
  /** Where its visits begin; null: on any page, as other visits do. */
  landing_page: orNull(landingPage),
  /** Where the link stood; null: the browser tells none, as from a newsletter. */
  referrer: orNull(referrer),
  /** Days on which it has another share of all visits. */
  bursts: z._default(z.array(burstSchema), []),
});
export type Campaign = z.output<typeof campaign>;

const fields = [...Object.keys(campaign.shape), ...Object.keys(burstSchema.shape)];

/** The form of CAMPAIGNS in JSON. */
export const campaignsSchema = z.array(campaign).check(z.minLength(1));

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** What stands in when none are named: a newsletter, search and social ads, a partner. */
const builtin: readonly Campaign[] = campaignsSchema.parse([
  { name: 'newsletter', weight: 4, source: 'newsletter', medium: 'email', content: 'lead-story' },
  {
    name: 'spring-sale',
    weight: 3,
    source: 'google',
    medium: 'cpc',
    keyword: 'garden furniture',
    referrer: 'https://www.google.com/',
  },
  {
    name: 'new-arrivals',
    weight: 2,
    source: 'instagram',
    medium: 'paid-social',
    content: 'carousel',
    referrer: 'https://l.instagram.com/',
  },
  {
    name: 'brand-search',
    weight: 2,
    source: 'bing',
    medium: 'cpc',
    keyword: 'home and garden shop',
    referrer: 'https://www.bing.com/',
  },
  {
    name: 'price-compass',
    weight: 1,
    source: 'price-compass',
    medium: 'affiliate',
    referrer: 'https://www.price-compass.example/compare/headphones',
  },
]);

/**
 * The campaigns that the settings name: those of CAMPAIGNS, or built-in ones. With an error there are
 * none.
 */
export function campaignsOf(settings: Pick<Settings, 'campaigns'>): {
  readonly campaigns: readonly Campaign[];
  readonly problems: readonly Problem[];
} {
  if (settings.campaigns === null) return { campaigns: builtin, problems: [] };
  const read = /^\uFEFF?\s*[[{]/.test(settings.campaigns)
    ? fromJson(settings.campaigns)
    : fromNames(settings.campaigns);
  if ('problems' in read) return { campaigns: [], problems: read.problems };
  const problems = contradictions(read.campaigns);
  return { campaigns: problems.length > 0 ? [] : read.campaigns, problems };
}

type Read = { readonly campaigns: readonly Campaign[] } | { readonly problems: readonly Problem[] };

const malformed = (message: string, place = ''): Problem =>
  problem('campaigns_malformed', {
    fields: ['campaigns', ...(place === '' ? [] : [`campaigns.${place}`])],
    message,
    remedy: place.includes('bursts')
      ? 'Write for example {"from": "2026-11-27", "to": "2026-11-30", "share": 0.4}; the shares of a day are of all visits.'
      : 'Write names with weights (spring-sale:3,newsletter:1), or a JSON list such as [{"name": "spring-sale", "weight": 3, "source": "google", "medium": "cpc"}].',
  });

function fromNames(text: string): Read {
  const written = namesAndWeights('CAMPAIGNS', text);
  if (isComplaint(written)) return { problems: [malformed(written.message)] };
  const problems = written.value.flatMap(([name, weight], at) => {
    const wrong = weightComplaint('CAMPAIGNS', name, weight, at);
    return wrong === null ? [] : [malformed(wrong.message, String(at))];
  });
  if (problems.length > 0) return { problems };
  return parsed(written.value.map(([name, weight]) => ({ name, weight })));
}

function fromJson(text: string): Read {
  const json = jsonOf(text);
  return 'why' in json ? { problems: [malformed(`CAMPAIGNS ${json.why}.`)] } : parsed(json.value);
}

function parsed(value: unknown): Read {
  const read = campaignsSchema.safeParse(value);
  if (read.success) return { campaigns: read.data };
  const problems = mistakesOf(read.error, value, fields).map(({ path, text }) => {
    const place = path.join('.');
    return malformed(`CAMPAIGNS${place === '' ? '' : ` at ${place}`} ${text}.`, place);
  });
  return { problems };
}

/** Matomo holds names that differ by upper and lower case for one. */
function contradictions(campaigns: readonly Campaign[]): Problem[] {
  const names = campaigns.map(({ name }) => name.toLowerCase());
  const twice = names.flatMap((name, at) => (names.indexOf(name) < at ? [at] : []));
  const problems = twice.map((at) =>
    malformed(`CAMPAIGNS names “${campaigns[at]?.name}” twice; upper and lower case are the same.`),
  );
  if (!campaigns.some(({ weight }) => weight > 0)) {
    problems.push(malformed('CAMPAIGNS has no weight above 0.'));
  }
  for (const { at, text } of burstMistakes(campaigns)) {
    problems.push(malformed(`CAMPAIGNS at ${at} ${text}.`, at));
  }
  return problems;
}
