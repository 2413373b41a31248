import { type Problem, type ProblemCode, problem, type Severity } from '@trafficinator/contract';
import type { HttpReply } from './ask.ts';
import { quotable } from './foreign-text.ts';

/**
 * Judges the answer to a GET of the tracker without any parameter. A Matomo answers 200 with a page that
 * names it; a 400 is what one behind a filter may say, so it decides nothing.
 */
export function judgeTracker(reply: HttpReply, url: string): Problem[] {
  const { status } = reply;
  if (status >= 200 && status < 300 && isDebugLog(reply.body)) return [debugging(url)];
  if (status >= 200 && status < 300) return isForeignPage(reply) ? [foreignPage(url)] : [];
  if (status === 400) return [];
  if (status >= 300 && status < 400) return [redirected(reply, url)];
  if (status >= 500) return [broken(status, url)];
  return [refused(status, url)];
}

/** What a tracker with `[Tracker] debug = 1` begins every answer with. */
export const isDebugLog = (body: string): boolean => body.includes('Debug enabled');

/** Its answers cannot be told from errors, although it records. */
export const debugging = (url: string): Problem =>
  found('tracker_debugs', 'error', {
    message: `${url} answers with its debug log instead of an answer, so nobody can tell what it accepts.`,
    remedy: 'Switch debug off in the [Tracker] section of Matomo’s config/config.ini.php.',
  });

/** A page or a JSON document that does not speak of Matomo: some other program answers here. */
function isForeignPage({ content_type, body }: HttpReply): boolean {
  return /html|json/.test(content_type) && !/matomo|piwik/i.test(body);
}

const foreignPage = (url: string): Problem =>
  found('target_not_a_tracker', 'warning', {
    message: `${url} answers with a page that does not speak of Matomo, so it may not be a tracker.`,
    remedy: 'Check MATOMO_URL: it should end in matomo.php of your Matomo.',
  });

function redirected({ status, location }: HttpReply, url: string): Problem {
  const target = location === null ? null : cleanTarget(location, url);
  return found('target_not_a_tracker', 'error', {
    message: `${url} redirects (${status})${target === null ? '' : ` to ${target}`}; hits are not sent on to another address.`,
    remedy:
      target === null
        ? 'Set MATOMO_URL to the address at which the tracker itself answers.'
        : `Set MATOMO_URL=${target} if that is your tracker.`,
  });
}

/** The redirect's target as an absolute address without query, fragment and credentials. */
function cleanTarget(location: string, url: string): string | null {
  const target = URL.parse(location, url);
  if (target === null || !/^https?:$/.test(target.protocol)) return null;
  return quotable(`${target.origin}${target.pathname}`);
}

const broken = (status: number, url: string): Problem =>
  found('target_unreachable', 'error', {
    message: `${url} answers with a server error (${status}).`,
    remedy:
      status === 503
        ? 'Matomo is overloaded, in maintenance or has tracking switched off (record_statistics): wait or mend it, then try again.'
        : 'Look into the logs of Matomo and its web server; nothing can be recorded until it is mended.',
  });

function refused(status: number, url: string): Problem {
  switch (status) {
    case 401:
    case 403:
      return found('target_not_a_tracker', 'error', {
        message: `${url} lets nobody in (${status}): a login or a firewall stands before the tracker.`,
        remedy:
          'Let this machine reach the tracker without a login, as the browsers of visitors do.',
      });
    case 404:
    case 410:
      return found('target_not_a_tracker', 'error', {
        message: `There is no tracker at ${url} (${status}).`,
        remedy:
          'Correct the path in MATOMO_URL: where Matomo’s login page is, with matomo.php at its end.',
      });
    case 429:
      return found('target_refuses', 'warning', {
        message: `${url} asks to slow down (429) at the very first request.`,
        remedy: 'Lift the rate limit before the tracker for this machine, or send less.',
      });
    default:
      return found('target_not_a_tracker', 'error', {
        message: `${url} answers with status ${status}, which a Matomo tracker does not do.`,
        remedy: 'Check MATOMO_URL and what stands between this machine and Matomo.',
      });
  }
}

const found = (
  code: ProblemCode,
  severity: Severity,
  told: { message: string; remedy: string },
): Problem => problem(code, { ...told, severity, fields: ['matomo_url'] });
