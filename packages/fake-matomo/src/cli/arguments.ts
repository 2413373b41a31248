import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEMO_TOKEN } from '../index.ts';
import { type SitesInput, sitesSchema } from '../sites/site.ts';

export const HELP = `A stand-in for Matomo: it answers as Matomo does and keeps everything in memory.

Usage: pnpm fake-matomo [--port N] [--host ADDRESS] [--sites FILE] [--token T] [--attached]

  --port N        port to listen on (default 8080; 0 takes any free one)
  --host ADDRESS  address to listen on (default 127.0.0.1)
  --sites FILE    JSON file with the sites, keyed by id (default: one shop, site 1)
  --token T       the super user's token (default ${DEMO_TOKEN})
  --attached      end with whoever started it: when the standard input ends
  --help          show this text

Exit codes: 0 stopped by a signal, 2 wrong arguments or sites file, 3 cannot listen.
`;

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string }
  | {
      readonly kind: 'run';
      readonly attached: boolean;
      readonly options: { port: number; host: string; token: string; sites?: SitesInput };
    };

/** Reads the command line. `readFile` throws when a file cannot be read. */
export function readArguments(
  args: readonly string[],
  readFile: (path: string) => string,
): Command {
  try {
    const { values } = parseArgs({
      args: args.filter((argument) => argument !== '--'),
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        sites: { type: 'string' },
        token: { type: 'string', default: DEMO_TOKEN },
        attached: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const { host, token, sites, attached } = values;
    const options = { port: portOf(values.port), host, token };
    if (sites === undefined) return { kind: 'run', attached, options };
    return { kind: 'run', attached, options: { ...options, sites: sitesOf(sites, readFile) } };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { kind: 'mistake', message: `${text}\nSee --help.` };
  }
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`--port ${text}: a port is a whole number from 0 to 65535.`);
}

function sitesOf(path: string, readFile: (path: string) => string): SitesInput {
  let content: unknown;
  try {
    content = JSON.parse(readFile(path));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`--sites ${path} cannot be read as JSON: ${text}`);
  }
  const parsed = sitesSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Error(`--sites ${path} is not valid:\n${z.prettifyError(parsed.error)}`);
}
