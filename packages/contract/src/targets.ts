import * as z from 'zod/mini';
import { isComplaint } from './complaint.ts';
import { mistakesOf } from './file-mistake.ts';
import { amount, onByDefault, orNull, trimmed, whole } from './forms.ts';
import { type Problem, problem } from './problem.ts';
import type { Settings } from './settings/list.ts';
import { trackerUrl } from './tracker-url.ts';

/** What a target may be spared: each switch that is off leaves hits of that kind out. */
const features = z.strictObject({
  countries: onByDefault(),
  site_search: onByDefault(),
  outlinks: onByDefault(),
  downloads: onByDefault(),
  events: onByDefault(),
  ecommerce: onByDefault(),
  goals: onByDefault(),
  content: onByDefault(),
});

const optionalCap = orNull(whole(0, 1_000_000_000));

const target = z.strictObject({
  name: trimmed(100),
  url: z.string().check(z.minLength(1), z.maxLength(2_048)),
  site_id: whole(1, 2_147_483_647),
  token_auth: z.pipe(
    z.nullish(z.string().check(z.maxLength(1_024))),
    z.transform((token) => token || null),
  ),
  weight: z._default(amount(0, 1_000_000), 1),
  enabled: onByDefault(),
  /** Own arrival rate, for the strategy `independent`; null: the run's. */
  target_visits_per_day: orNull(z.number().check(z.positive(), z.maximum(100_000_000))),
  /** Own caps beside the run's; null: none. */
  max_visits_per_day: optionalCap,
  max_visits: optionalCap,
  delivery: z._default(z.enum(['auto', 'single', 'bulk']), 'auto'),
  features: z.prefault(features, {}),
});

/** One Matomo that gets visits. */
export type Target = z.output<typeof target>;
export type TargetFeatures = z.output<typeof features>;

export const targetStrategies = [
  'weighted',
  'round-robin',
  'random',
  'independent',
  'mirror',
] as const;
export type TargetStrategy = (typeof targetStrategies)[number];

const strategy = z.enum(targetStrategies);
const file = z.union([
  z.array(target),
  z.strictObject({
    targets: z.array(target),
    strategy: z.optional(strategy),
    /** The older name of `strategy`. */
    distribution_strategy: z.optional(strategy),
  }),
]);

/** All targets of a run and how visits are divided among them. */
export interface TargetList {
  readonly strategy: TargetStrategy;
  /** The enabled ones, in their order. */
  readonly targets: readonly Target[];
}

type TargetSettings = Pick<
  Settings,
  'targets' | 'target_strategy' | 'matomo_url' | 'matomo_site_id' | 'matomo_token_auth' | 'delivery'
>;

/**
 * All targets that the settings name, those that are switched off too, as they were written; none when the
 * list cannot be read (`targetsOf` says why).
 */
export function targetEntries(settings: TargetSettings): TargetList {
  const { targets: text, target_strategy: asked } = settings;
  if (text === null) return single(settings);
  const parsed = parse(text);
  const read = 'problems' in parsed ? { targets: [], strategy: undefined } : parsed;
  return {
    strategy: asked === 'list' ? (read.strategy ?? 'weighted') : asked,
    targets: read.targets,
  };
}

/**
 * The targets that the settings name: those of TARGETS, or the one of MATOMO_URL. Tokens stay with their
 * target: none is ever lent to another. Values in problems never show a token.
 */
export function targetsOf(settings: TargetSettings): {
  readonly list: TargetList;
  readonly problems: readonly Problem[];
} {
  if (settings.targets === null) return { list: single(settings), problems: [] };
  const nothing: TargetList = { strategy: 'weighted', targets: [] };
  const parsed = parse(settings.targets);
  if ('problems' in parsed) return { list: nothing, problems: parsed.problems };
  const problems: Problem[] = [];
  const targets = parsed.targets.map((given, at) => {
    const label = `The address of target “${given.name}”`;
    const url = trackerUrl(label, given.url);
    if (!isComplaint(url)) return { ...given, url: url.value };
    problems.push(problem(url.code, { ...url, fields: ['targets', `targets.${at}.url`] }));
    return given;
  });
  problems.push(...listProblems(targets, settings));
  const asked = settings.target_strategy;
  const chosen = asked === 'list' ? (parsed.strategy ?? 'weighted') : asked;
  const enabled = targets.filter((each) => each.enabled);
  return { list: { strategy: chosen, targets: enabled }, problems };
}

function single(settings: TargetSettings): TargetList {
  const only = target.parse({
    name: 'matomo',
    url: settings.matomo_url ?? 'https://matomo.example.com/matomo.php',
    site_id: settings.matomo_site_id,
    token_auth: settings.matomo_token_auth,
    delivery: settings.delivery,
  });
  return { strategy: 'weighted', targets: settings.matomo_url === null ? [] : [only] };
}

function parse(
  text: string,
):
  | { readonly targets: readonly Target[]; readonly strategy: TargetStrategy | undefined }
  | { readonly problems: readonly Problem[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const where = /position (\d+)/.exec((error as Error).message)?.[1];
    const message = `TARGETS is not JSON${where === undefined ? '' : ` (at character ${where})`}.`;
    return { problems: [problem('targets_malformed', { message, remedy, fields: ['targets'] })] };
  }
  const read = file.safeParse(json);
  if (!read.success) return { problems: issuesOf(json, read.error) };
  if (Array.isArray(read.data)) return { targets: read.data, strategy: undefined };
  const { targets, strategy: chosen, distribution_strategy } = read.data;
  return { targets, strategy: chosen ?? distribution_strategy };
}

const remedy =
  'Write a JSON list such as [{"name": "new", "url": "https://matomo.example.org", "site_id": 1, "token_auth": "…", "weight": 2}].';

const known = [...Object.keys(target.shape), ...Object.keys(features.shape)];

/** Every mistake of the list with its place; a union's own issue would name none. */
function issuesOf(json: unknown, error: z.core.$ZodError): Problem[] {
  const list = Array.isArray(json) ? json : (json as { targets?: unknown } | null)?.targets;
  const found = Array.isArray(list) ? z.array(target).safeParse(list) : null;
  return mistakesOf(found?.error ?? error, list ?? json, known).map(({ path, text }) => {
    const place = path.map(String).join('.');
    return problem('targets_malformed', {
      fields: ['targets', ...(place === '' ? [] : [`targets.${place}`])],
      message: `In TARGETS ${place === '' ? 'something' : place} ${text}.`,
      remedy,
    });
  });
}

function listProblems(targets: readonly Target[], settings: TargetSettings): Problem[] {
  const found: Problem[] = [];
  const add = (message: string, remedyText: string) =>
    found.push(problem('targets_contradict', { message, remedy: remedyText, fields: ['targets'] }));
  if (settings.matomo_url !== null) {
    add('Both TARGETS and MATOMO_URL are set.', 'Unset one of them: TARGETS replaces MATOMO_URL.');
  }
  const names = targets.map(({ name }) => name.trim().toLowerCase());
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  for (const name of twice) add(`Two targets are named “${name}”.`, 'Give each its own name.');
  const places = targets.map(({ url, site_id }) => `site ${site_id} of ${url}`);
  for (const place of new Set(places.filter((p, at) => places.indexOf(p) !== at))) {
    add(`Two targets are the same: ${place}.`, 'Remove one; weights say how much a target gets.');
  }
  const enabled = targets.filter((each) => each.enabled);
  if (enabled.length === 0) add('No target is enabled.', 'Set "enabled": true on at least one.');
  else if (!enabled.some((each) => each.weight > 0)) {
    add('All enabled targets have weight 0.', 'Give at least one a weight above 0.');
  }
  return found;
}
