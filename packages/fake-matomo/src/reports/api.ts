import { formQuery, type Received } from '../http/received.ts';
import { htmlReply, jsonReply, type Reply } from '../http/reply.ts';
import { actions } from './actions.ts';
import { type Call, type Method, ReportError, type ReportSource } from './call.ts';
import { contents } from './contents.ts';
import { core } from './core.ts';
import { events } from './events.ts';
import { goals } from './goals.ts';
import { live } from './live.ts';
import { referrers } from './referrers.ts';
import { sites } from './sites.ts';
import { visitFrequency } from './visit-frequency.ts';
import { visitsSummary } from './visits-summary.ts';

const methods = new Map<string, Method>(
  [core, sites, goals, visitsSummary, visitFrequency, actions, events, contents, referrers, live]
    .flatMap((module) => Object.entries(module))
    .concat([['API.getBulkRequest', bulk]]),
);

/** Answers a request to `index.php`. Query and form are merged; only JSON is spoken. */
export function answerReport(received: Received, source: ReportSource): Reply {
  const parameters = {
    ...Object.fromEntries(new URLSearchParams(received.query)),
    ...Object.fromEntries(new URLSearchParams(formQuery(received))),
  };
  const sent = parameters.token_auth ?? '';
  const mayView = sent !== '' && sent === source.view_token;
  if (sent !== source.token && !mayView) return tokenRefusal(parameters);
  return jsonReply(200, callMethod({ source, parameters, rights: mayView ? 'view' : 'super' }));
}

/** Measured: without a token a 401 in JSON, with a wrong one a 401 with an HTML page. */
function tokenRefusal(parameters: Record<string, string>): Reply {
  if ((parameters.token_auth ?? '') !== '') {
    return htmlReply(
      401,
      '<!DOCTYPE html>\n<html><head><title>Matomo &rsaquo; Error</title></head>' +
        '<body><p>The token_auth is not valid. (A stand-in, not Matomo.)</p></body></html>\n',
    );
  }
  const site = parameters.idSite ?? '';
  const message =
    site === ''
      ? 'You must be logged in to access this functionality.'
      : `You can't access this resource as it requires 'view' access for the website id = ${site}.`;
  return jsonReply(401, { result: 'error', message });
}

function callMethod(call: Call): unknown {
  const name = call.parameters.method ?? '';
  const method = methods.get(name);
  try {
    if (method === undefined) {
      const [module, action] = name.split('.');
      throw new ReportError(
        `The method '${action ?? ''}' does not exist or is not available in the module '${module}'.`,
      );
    }
    return method(call);
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    return { result: 'error', message: error.message };
  }
}

/** Several calls in one: `urls[0]`, `urls[1]`, … each a query string of its own. */
function bulk({ source, parameters, rights }: Call): unknown {
  return Object.entries(parameters)
    .filter(([name]) => /^urls\[\d*\]$/.test(name))
    .map(([, query]) => {
      const own = Object.fromEntries(new URLSearchParams(query.replace(/^\?/, '')));
      return callMethod({ source, parameters: own, rights });
    });
}
