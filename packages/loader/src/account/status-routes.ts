import type { BackfillReport, BackfillStatus, StatusSnapshot } from '@trafficinator/contract';
import type { MetricsText } from './scrape.ts';

/** Yes or no, and why. */
interface Health {
  readonly ok: boolean;
  readonly reason: string;
}

/** Where the answers come from; asked at every request. */
export interface StatusSources {
  readonly status: () => StatusSnapshot | BackfillReport | BackfillStatus;
  readonly metrics: () => Promise<MetricsText>;
  /** Whether the process works at all: if not, it should be restarted. */
  readonly live: () => Health;
  /** Whether it does what it is there for: if not, it should be looked at. */
  readonly ready: () => Health;
}

/** An HTTP answer as data. */
export interface Reply {
  readonly status: number;
  readonly content_type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Route = (sources: StatusSources) => Reply | Promise<Reply>;

const routes = new Map<string, Route>([
  ['/', () => reply(200, 'text/plain; charset=utf-8', pathList)],
  ['/status', ({ status }) => json(200, status())],
  [
    '/metrics',
    async ({ metrics }) => {
      const { content_type, body } = await metrics();
      return reply(200, content_type, body);
    },
  ],
  ['/healthz', ({ live }) => health(live())],
  ['/readyz', ({ ready }) => health(ready())],
]);

const pathList = `/status   the run in numbers (JSON)
/metrics  the same for Prometheus
/healthz  200 while the process works, else 503
/readyz   200 while it does what it is there for, else 503
`;

const methods = 'GET, HEAD';

/** Answers a request; never throws. */
export async function statusReply(
  method: string,
  path: string,
  hasBody: boolean,
  sources: StatusSources,
): Promise<Reply> {
  const route = routes.get(path);
  if (route === undefined)
    return problemReply(404, `There is nothing at ${path}; / lists the paths.`);
  if (method !== 'GET' && method !== 'HEAD') {
    return problemReply(405, `${path} can only be read: use ${methods}.`, { Allow: methods });
  }
  if (hasBody) return problemReply(413, 'No request has a body here.');
  try {
    return await route(sources);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return problemReply(500, `The answer could not be put together: ${text}`);
  }
}

const health = ({ ok, reason }: Health): Reply =>
  json(ok ? 200 : 503, { status: ok ? 'ok' : 'unavailable', reason });

const json = (status: number, value: unknown): Reply =>
  reply(status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`);

/** The answer to what is no readable request; `code` is Node's error code. */
export function unreadableReply(code: string): Reply & { readonly title: string } {
  const status =
    code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  return {
    ...problemReply(status, 'This is not a request that can be read here.'),
    title: titles[status],
  };
}

/** Reason phrases of RFC 9110 and RFC 6585: the titles of problems without a type of their own. */
const titles = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
} as const;

/** An error as problem details (RFC 9457). */
function problemReply(
  status: keyof typeof titles,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = { type: 'about:blank', title: titles[status], status, detail };
  return reply(status, 'application/problem+json', `${JSON.stringify(body)}\n`, headers);
}

function reply(
  status: number,
  content_type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, content_type, body, headers };
}
