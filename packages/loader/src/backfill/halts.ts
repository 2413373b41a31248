import { type Problem, type ProblemCode, problem } from '@trafficinator/contract';
import type { StateError } from '../account/live-state.ts';
import type { HopelessReason } from '../send/batch-verdict.ts';
import { addressRefused } from '../send/connector.ts';
import { Halt } from './halt.ts';

type Sentence = readonly [code: ProblemCode, message: string, remedy: string];

const check = 'Run `trafficinator check` to see why, then the same command again.';

const sentences: Readonly<Record<string, Sentence>> = {
  tracking_off: [
    'tracking_off',
    'Matomo counts no hit at all: tracking is switched off there.',
    'Switch it on (record_statistics = 1 in Matomo’s configuration), then run the same command again.',
  ],
  no_counts: [
    'target_not_a_tracker',
    'The target answers a bulk request with something else than Matomo’s counts.',
    'Check MATOMO_URL, that the BulkTracking plugin is active and [Tracker] debug is off; or use DELIVERY=single.',
  ],
  a_page: [
    'target_not_a_tracker',
    'The target answers a hit with a page, which a Matomo tracker does not do.',
    check,
  ],
  all_refused: [
    'target_refuses',
    'Matomo refuses every hit.',
    'The token needs write access to the site, and old hits must be allowed (no deletion of raw data that old): run `trafficinator check`.',
  ],
  certificate: ['target_unreachable', 'The certificate of the target is not trusted.', check],
  [addressRefused]: [
    'target_address_refused',
    'MATOMO_URL leads to an address that is not public, and ALLOW_PRIVATE_TARGETS is false.',
    'Name a Matomo with a public address, or set ALLOW_PRIVATE_TARGETS=true.',
  ],
  http_400: [
    'target_refuses',
    'The target takes no bulk request (status 400).',
    'Activate the BulkTracking plugin in Matomo, or use DELIVERY=single.',
  ],
  http_401: ['target_refuses', 'A login stands before the tracker (status 401).', check],
  http_403: [
    'target_refuses',
    'The tracker lets the request not pass (status 403): a firewall stands before it, or Matomo has banned this address.',
    'Let this machine pass, or wait until the ban ends (an hour), then run the same command again.',
  ],
  http_404: ['target_not_a_tracker', 'There is no tracker at MATOMO_URL any more (404).', check],
};

/** The target will not record anything until somebody changes something there. */
export function hopeless(reason: HopelessReason): Halt {
  const [code, message, remedy] = sentences[reason] ?? [
    'target_refuses' as const,
    `The target answers with status ${reason.replace('http_', '')}, which a Matomo tracker does not do.`,
    check,
  ];
  return new Halt(code, { message, remedy });
}

/** Single hits were refused one after the other, and none was accepted. */
export const refusedAll = (reason: string, hits: number): Halt =>
  new Halt('target_refuses', {
    message: `Matomo refuses the hits: ${hits === 1 ? 'the first' : `the last ${hits}`} of them [${reason}].`,
    remedy: (sentences.all_refused as Sentence)[2],
  });

/** A visit is the least that can be sent, and the web server takes no request of its size. */
export const visitTooLarge = (bytes: number): Halt =>
  new Halt('target_refuses', {
    message: `The web server before Matomo takes no request of ${bytes} bytes (status 413), and a visit is not divided.`,
    remedy: 'Raise its limit (nginx: client_max_body_size), or use DELIVERY=single.',
  });

/** The visitor log cannot be asked, and only it could tell what became of a request. */
export const probeNotPossible = (why: string): Halt =>
  new Halt('probe_not_possible', {
    message: `It is unknown whether a request arrived, and Matomo does not let its visitor log be asked (${why}).`,
    remedy:
      'Give the token view access and switch the visitor log on, or choose ON_UNKNOWN=resend (may double) or skip (may lose).',
    fields: ['on_unknown'],
  });

/** A batch that was written down has other hits now. */
export const planChanged = (): Halt =>
  new Halt('state_of_other_settings', {
    message: 'This program plans other visits than the one that began the backfill.',
    remedy:
      'Finish it with the version that began it, or add --restart to forget it and begin anew.',
  });

/** The journal cannot be written, so nothing more is sent. */
export const stateProblem = (error: StateError): Problem =>
  problem(error.code, {
    message: error.message,
    remedy:
      'Nothing is sent that cannot be written down: mend that, then run the same command again.',
    fields: ['state_dir'],
    source: 'state directory',
  });
