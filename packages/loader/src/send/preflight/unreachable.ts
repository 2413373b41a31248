import { type Problem, problem } from '@trafficinator/contract';
import { addressRefused } from '../connector.ts';
import type { NoReply } from './ask.ts';

interface Circumstances {
  readonly timeout_ms: number;
  /** Not null: a TLS_CA_FILE is in use. */
  readonly ca: string | null;
}

interface Place {
  readonly host: string;
  /** Host and port. */
  readonly at: string;
  readonly seconds: number;
  readonly ownAuthority: boolean;
}

/** What happened, as the end of a sentence about MATOMO_URL, and what to do. */
type Explanation = readonly [what: (place: Place) => string, remedy: (place: Place) => string];

const checkAddress = () => 'Check host and port in MATOMO_URL, and that Matomo is running.';
const useAuthority = ({ ownAuthority }: Place) =>
  ownAuthority
    ? 'Put the authority that signed it into TLS_CA_FILE: the one that is there did not.'
    : 'Set TLS_CA_FILE to a PEM file with the authority that signed it (the certificate itself if it is self-signed).';

const selfSigned: Explanation = [
  ({ at }) => `the certificate of ${at} is self-signed or comes from an unknown authority`,
  useAuthority,
];
const noTls: Explanation = [
  ({ at }) => `${at} does not speak TLS`,
  () => 'If this Matomo has no https, write http:// in MATOMO_URL; else correct the port.',
];
const unknownName: Explanation = [
  ({ host }) => `the name ${host} cannot be resolved (DNS)`,
  () => 'Correct the host in MATOMO_URL, or the DNS of this machine or container.',
];
const noRoute: Explanation = [({ at }) => `there is no route to ${at}`, checkAddress];
const noConnection: Explanation = [
  ({ at }) => `no connection to ${at} came about in time`,
  () => 'Check host and port in MATOMO_URL, and whether a firewall stands in between.',
];
const cutOff: Explanation = [
  ({ at }) => `${at} closed the connection without an answer`,
  () => 'Check that this is the port of the web server, and whether it is http or https.',
];

const explanations: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: [({ at }) => `nothing listens at ${at} (connection refused)`, startIt],
  ENOTFOUND: unknownName,
  EAI_AGAIN: unknownName,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ETIMEDOUT: noConnection,
  UND_ERR_CONNECT_TIMEOUT: noConnection,
  connect_timeout: noConnection,
  UND_ERR_SOCKET: cutOff,
  connection_lost: cutOff,
  ECONNRESET: cutOff,
  EPIPE: cutOff,
  CERT_HAS_EXPIRED: [
    ({ at }) => `the certificate of ${at} has expired`,
    () => 'Renew the certificate; for a throw-away test system TLS_INSECURE=true accepts it.',
  ],
  CERT_NOT_YET_VALID: [
    ({ at }) => `the certificate of ${at} is not valid yet`,
    () => 'Check the clock of this machine, then the certificate.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    ({ at, host }) => `the certificate of ${at} is for other names than ${host}`,
    () => 'Use a name in MATOMO_URL that the certificate holds.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: selfSigned,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: selfSigned,
  UNABLE_TO_GET_ISSUER_CERT: selfSigned,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: selfSigned,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

/** Why no answer came, in words; the code stays in the sentence for those who look it up. */
export function unreachable(
  reply: Pick<NoReply, 'code' | 'connected'>,
  url: URL,
  circumstances: Circumstances,
): Problem {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const place = {
    host: url.hostname,
    at: `${url.hostname}:${port}`,
    seconds: circumstances.timeout_ms / 1000,
    ownAuthority: circumstances.ca !== null,
  };
  if (reply.code === addressRefused) return notPublic(place.host);
  const [what, remedy] = explain(reply);
  return problem('target_unreachable', {
    fields: ['matomo_url'],
    message: `Matomo cannot be reached: ${what(place)} [${reply.code}].`,
    remedy: remedy(place),
  });
}

const notPublic = (host: string): Problem =>
  problem('target_address_refused', {
    fields: ['matomo_url', 'allow_private_targets'],
    message: `MATOMO_URL names ${host}, which leads to an address that is not public, and ALLOW_PRIVATE_TARGETS is false.`,
    remedy: 'Name a Matomo with a public address, or set ALLOW_PRIVATE_TARGETS=true.',
  });

function explain({ code, connected }: Pick<NoReply, 'code' | 'connected'>): Explanation {
  if (code === 'timeout') return connected ? noAnswer : noConnection;
  if (code === 'HTTPParserError' || code.startsWith('HPE_')) return noHttp;
  return explanations[code] ?? [({ at }) => `the request to ${at} failed`, checkAddress];
}

const noAnswer: Explanation = [
  ({ at, seconds }) => `${at} takes connections but gave no answer within ${seconds} s`,
  () => 'Check the load of the Matomo server, and that its web server is healthy.',
];

const noHttp: Explanation = [({ at }) => `${at} does not speak HTTP`, checkAddress];

function startIt({ host }: Place): string {
  const local = host === 'localhost' || host === '[::1]' || host.startsWith('127.');
  const hint = local
    ? ` From inside a container ${host} is the container itself: use the service’s name or host.docker.internal.`
    : '';
  return `${checkAddress()}${hint}`;
}
