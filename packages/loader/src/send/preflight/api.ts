import { type Problem, type ProblemParts, problem, type Settings } from '@trafficinator/contract';
import { z } from 'zod';
import { flag, jsonOf, refusal } from '../api-answer.ts';
import { apiForm, bulkCall } from '../api-form.ts';
import type { HttpReply, Reply } from './ask.ts';
import { quotable } from './foreign-text.ts';

const text = z.string().transform(quotable);

const siteSchema = z.object({
  name: text,
  main_url: text,
  timezone: text,
  currency: text,
  ecommerce: flag,
  sitesearch: flag,
  exclude_unknown_urls: flag.default(false),
  /** UTC, `Y-m-d H:i:s`; Matomo moves it back when older hits come. */
  ts_created: text.nullish().transform((value) => value ?? null),
  /** The site's own, separated by commas; empty: Matomo's usual ones. */
  sitesearch_keyword_parameters: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
});
/** Matomo 3 wraps the site in a list. */
const siteAnswer = z.union([siteSchema, z.tuple([siteSchema]).transform(([site]) => site)]);
const versionAnswer = z.object({ value: text });
const urlsAnswer = z.array(text).min(1);
const idsAnswer = z.array(z.union([z.int(), z.string()]).transform(Number));

/** A site as Matomo has it. */
export type Site = z.output<typeof siteSchema> & {
  /** Its addresses, the main one first. */
  readonly urls: readonly string[];
};

/** What the Reporting API told; null where it could not be told. */
export interface ApiFacts {
  readonly matomo_version: string | null;
  readonly site: Site | null;
  /** view: Matomo refuses whatever needs the token. more: write, admin or super user. */
  readonly token_rights: 'view' | 'more' | null;
}

export const nothingLearned: ApiFacts = { matomo_version: null, site: null, token_rights: null };

/** The path of the Reporting API: `index.php` beside the tracker. */
export const apiPath = (tracker: URL): string => new URL('index.php', tracker).pathname;

/** The form of one bulk request: version, site, its addresses, the sites that the token may only view. */
export function siteForm(token: string, siteId: number): string {
  const calls = [
    'method=API.getMatomoVersion',
    `method=SitesManager.getSiteFromId&idSite=${siteId}`,
    `method=SitesManager.getSiteUrlsFromId&idSite=${siteId}&filter_limit=-1`,
    'method=SitesManager.getSitesIdWithViewAccess&filter_limit=-1',
  ];
  return apiForm(bulkCall(calls), token);
}

/** Reads the answer to that request. Only a clear no is an error; no answer leaves the site unchecked. */
export function readApi(
  reply: Reply,
  tracker: URL,
  settings: Settings,
): { readonly facts: ApiFacts; readonly problems: readonly Problem[] } {
  const at = `${tracker.origin}${apiPath(tracker)}`;
  const learned = (found: Problem) => ({ facts: nothingLearned, problems: [found] });
  if (reply.kind === 'none') return learned(notChecked(`${at} gave no answer [${reply.code}]`));
  const refused = refusalOf(reply);
  if (refused !== null) return learned(problem('token_refused', refused));
  const answers = listOf(reply.body);
  if (reply.status !== 200 || answers === null) {
    const said = refusal.safeParse(jsonOf(reply.body)).data?.message ?? `status ${reply.status}`;
    return learned(notChecked(`${at} does not answer as the Reporting API (${said})`));
  }
  return readAnswers(answers, settings);
}

function readAnswers(answers: readonly unknown[], settings: Settings) {
  const [version, site, urls, viewOnly] = answers;
  const id = settings.matomo_site_id;
  const matomo_version = versionAnswer.safeParse(version).data?.value ?? null;
  const known = siteAnswer.safeParse(site).data;
  const ids = idsAnswer.safeParse(viewOnly).data;
  if (known === undefined) {
    const facts = { ...nothingLearned, matomo_version };
    return { facts, problems: [noSite(id, matomo_version, refusal.safeParse(site).data)] };
  }
  const token_rights = ids === undefined ? null : ids.includes(id) ? 'view' : 'more';
  const facts: ApiFacts = {
    matomo_version,
    token_rights,
    site: { ...known, urls: urlsAnswer.safeParse(urls).data ?? [known.main_url] },
  };
  return { facts, problems: token_rights === 'view' ? [mayOnlyView(settings)] : [] };
}

/** A 401 is Matomo's no to a token, unless the web server asks for a password of its own. */
function refusalOf({ status, body, www_authenticate }: HttpReply): ProblemParts | null {
  if (/not allowed to log ?in|too many failed login/i.test(body)) return banned;
  if (status === 401 && www_authenticate === null) return badToken;
  const error = refusal.safeParse(jsonOf(body)).data;
  return error !== undefined && /token|access|log(ged)? ?in/i.test(error.message) ? badToken : null;
}

const badToken: ProblemParts = {
  fields: ['matomo_token_auth'],
  value: '***',
  message: 'Matomo refuses the token: it is wrong, expired or revoked.',
  remedy:
    'Create a token in Matomo (Administration, Personal, Security) for a user with write access to the site and set MATOMO_TOKEN_AUTH. Do not try often: after 20 failures in an hour Matomo bans the address.',
};

const banned: ProblemParts = {
  fields: ['matomo_token_auth'],
  value: '***',
  message: 'Matomo has banned this address for an hour after too many failed logins or bad tokens.',
  remedy: 'Correct MATOMO_TOKEN_AUTH, then wait or unblock the address in Matomo.',
};

function noSite(
  id: number,
  version: string | null,
  error: z.output<typeof refusal> | undefined,
): Problem {
  if (error === undefined) return notChecked('the Reporting API does not describe the site');
  if (/access|log(ged)? ?in/i.test(error.message) && version === null) {
    return problem('token_refused', badToken);
  }
  if (/website|access|idsite/i.test(error.message)) {
    return problem('site_unknown', {
      fields: ['matomo_site_id'],
      value: String(id),
      message: `There is no site ${id}, or the token may not see it; Matomo says: ${error.message}`,
      remedy:
        'Set MATOMO_SITE_ID to a site of this Matomo that the token’s user has write access to.',
    });
  }
  return notChecked(`Matomo says: ${error.message}`);
}

/** Without addresses and countries a useless token does no harm: Matomo ignores it. */
function mayOnlyView({ randomize_visitor_countries: needed }: Settings): Problem {
  return problem('token_refused', {
    severity: needed ? 'error' : 'warning',
    fields: ['matomo_token_auth'],
    value: '***',
    message: needed
      ? 'The token may only view the site, so Matomo refuses every hit with a visitor’s IP or country.'
      : 'The token may only view the site, so it has no effect on hits.',
    remedy: needed
      ? 'Give the token’s user write access to the site, or set RANDOMIZE_VISITOR_COUNTRIES=false.'
      : 'Give the token’s user write access to the site, or remove MATOMO_TOKEN_AUTH.',
  });
}

const notChecked = (why: string): Problem =>
  problem('site_not_checked', {
    message: `Token and site could not be checked: ${why}.`,
    remedy: 'The tracker may work all the same; `trafficinator check` tries it with one visit.',
  });

function listOf(body: string): readonly unknown[] | null {
  const value = jsonOf(body);
  return Array.isArray(value) ? value : null;
}
