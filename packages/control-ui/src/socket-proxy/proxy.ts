import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { z } from 'zod';
import { type Allowance, creationSchema, judge } from './rules.ts';

export interface ProxyOptions extends Allowance {
  /** Path of the engine's socket. */
  readonly socket: string;
  readonly say: (line: string) => void;
}

const longestBody = 64 * 1024;
const inspected = z.object({
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
});

/**
 * Stands between the service and the engine's socket, and lets through only what the service needs for its own
 * loaders. Who takes the service over still cannot open the machine.
 */
export function socketProxy(options: ProxyOptions): Server {
  const creation = creationSchema(options);
  return createServer((incoming, outgoing) => {
    answer(incoming, outgoing, options, creation).catch(() => {
      if (outgoing.headersSent) outgoing.destroy();
      else refuse(outgoing, 502, 'The engine does not answer.');
    });
  });
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: ProxyOptions,
  creation: z.ZodType,
): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const verdict = judge(method, url, options);
  const no = (why: string) => {
    options.say(`refused: ${method} ${url.split('?', 1)[0]}: ${why}`);
    refuse(outgoing, 403, `Not through this proxy: ${why}.`);
  };
  if (verdict.kind === 'refuse') return no(verdict.why);
  const body = await bodyOf(incoming);
  if (body === null) return no('the body is too long');
  if (verdict.kind === 'creation' && !(await asksForLoader(body, creation))) {
    return no('it is not how loaders are made');
  }
  if (verdict.kind === 'own_container' && !(await isOwn(verdict.id, options))) {
    return no('it is not a container of the service');
  }
  await forward(incoming, outgoing, body, options.socket);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > longestBody) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function asksForLoader(body: Buffer, creation: z.ZodType): Promise<boolean> {
  try {
    return creation.safeParse(JSON.parse(body.toString('utf8'))).success;
  } catch {
    return false;
  }
}

/** Asks the engine itself whose container it is. */
function isOwn(id: string, { socket, control_id }: ProxyOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: socket, path: `/containers/${id}/json` }, (reply) => {
      bodyOfReply(reply).then((text) => {
        // What is not there is told as such by the engine.
        if (reply.statusCode === 404) return resolve(true);
        const read = inspected.safeParse(parsed(text));
        resolve(read.success && read.data.Config.Labels?.['trafficinator.control'] === control_id);
      }, reject);
    });
    asked.setTimeout(10_000, () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end();
  });
}

async function bodyOfReply(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Streams the engine's answer; whoever leaves first ends both sides. */
function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: Buffer,
  socket: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, url } = incoming;
    const headers: Record<string, string> = { host: 'engine' };
    if (body.length > 0) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = String(body.length);
    }
    const asked = request({ socketPath: socket, method, path: url, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, replyHeaders(reply));
      outgoing.flushHeaders();
      reply.pipe(outgoing);
      reply.on('end', resolve);
      reply.on('error', reject);
    });
    asked.on('error', reject);
    outgoing.on('close', () => {
      asked.destroy();
      resolve();
    });
    asked.end(body);
  });
}

function replyHeaders(reply: IncomingMessage): Record<string, string> {
  const names = ['content-type', 'content-length', 'api-version', 'docker-experimental', 'ostype'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = reply.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ message }));
}
