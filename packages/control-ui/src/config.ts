import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const runnerKinds = ['docker', 'process', 'memory'] as const;
export type RunnerKind = (typeof runnerKinds)[number];

/** Text of a variable: what is blank counts as unset, as Compose's `${X:-}` passes it. */
const text = z
  .string()
  .trim()
  .transform((given) => (given === '' ? undefined : given))
  .pipe(z.string().optional());
const whole = (name: string, fallback: number, min: number, max: number) =>
  text.transform((given, context) => {
    const value = given === undefined ? fallback : Number(given);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    context.addIssue({
      code: 'custom',
      message: `${name} is not a whole number from ${min} to ${max}.`,
    });
    return z.NEVER;
  });
const flag = (name: string, fallback: boolean) =>
  text.transform((given, context) => {
    if (given === undefined) return fallback;
    if (/^(true|1|yes|on)$/i.test(given)) return true;
    if (/^(false|0|no|off)$/i.test(given)) return false;
    context.addIssue({ code: 'custom', message: `${name} is neither true nor false.` });
    return z.NEVER;
  });
const list = text.transform((given) =>
  (given ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);

/** Everybody's network is none: then everybody could say who they are. */
const isNetwork = (text: string): boolean =>
  ipaddr.isValid(text) || (ipaddr.isValidCIDR(text) && !text.endsWith('/0'));

/** The service's own variables; what loaders do is in the settings list of the contract. */
const variables = z.object({
  CONTROL_UI_HOST: text.transform((given) => given ?? '127.0.0.1'),
  CONTROL_UI_PORT: whole('CONTROL_UI_PORT', 8000, 0, 65_535),
  CONTROL_UI_API_KEY: text,
  SECRET_KEY: text,
  CONTROL_DATA_DIR: text.transform((given) => resolve(given ?? 'data/control')),
  LOADER_FILES_DIR: text.transform((given) => resolve(given ?? 'data/shared')),
  /** The image of the service sets docker. */
  RUNNER: text.transform((given) => given ?? 'process').pipe(z.enum(runnerKinds)),
  DOCKER_HOST: text.transform((given) => given ?? 'unix:///var/run/docker.sock'),
  LOADER_IMAGE: text.transform((given) => given ?? 'trafficinator-loader'),
  LOADER_NETWORK: text,
  /** Volume or host directory that holds LOADER_FILES_DIR. */
  LOADER_VOLUME: text,
  LOADER_CPUS: text.transform((given) => Number(given ?? 1)).pipe(z.number().positive().max(64)),
  LOADER_MEMORY_MB: whole('LOADER_MEMORY_MB', 512, 64, 65_536),
  /** Tells the containers of this service from those of another on the same engine. */
  CONTROL_ID: text
    .transform((given) => given ?? 'default')
    .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/)),
  /** A stand-in Matomo that runs beside the service: its tracker's address. */
  STAND_IN_URL: text.refine((given) => given === undefined || URL.canParse(given), {
    message: 'it is no address',
  }),
  MAX_BACKFILLS: whole('MAX_BACKFILLS', 2, 1, 16),
  CORS_ORIGINS: list,
  TRUST_PROXY: list.superRefine((given, context) => {
    for (const each of given.filter((proxy) => !isNetwork(proxy))) {
      const message = `TRUST_PROXY: “${each}” is neither an address nor a network such as 172.16.0.0/12.`;
      context.addIssue({ code: 'custom', message });
    }
  }),
  ALLOW_PRIVATE_TARGETS: flag('ALLOW_PRIVATE_TARGETS', false),
  /** The cookie is sent over https only. */
  COOKIE_SECURE: flag('COOKIE_SECURE', false),
  CONTROL_LOG_LEVEL: text
    .transform((given) => (given ?? 'info').toLowerCase())
    .pipe(z.enum(['debug', 'info', 'warn', 'error', 'silent'])),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly api_key: string | null;
  readonly secret_key: string | null;
  /** What only the service may read: database, key file. */
  readonly data_dir: string;
  readonly files_dir: string;
  readonly runner: RunnerKind;
  readonly docker: {
    /** `unix:///var/run/docker.sock`, or the address of a socket proxy. */
    readonly engine: string;
    readonly image: string;
    readonly network: string | null;
    readonly volume: string | null;
    readonly cpus: number;
    readonly memory_mb: number;
  };
  /** Of a stand-in Matomo's tracker beside the service; null: none is named. */
  readonly stand_in_url: string | null;
  readonly control_id: string;
  readonly max_backfills: number;
  readonly cors_origins: readonly string[];
  /** Addresses or networks of proxies whose X-Forwarded-For counts; `true` would trust anybody. */
  readonly trust_proxy: readonly string[];
  readonly allow_private_targets: boolean;
  readonly cookie_secure: boolean;
  readonly log_level: string;
}

/** The service's configuration cannot be used: every mistake, a sentence each. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
    this.mistakes = mistakes;
  }
}

/**
 * Reads the service's variables; `NAME_FILE` names a file with the value of a secret.
 * @throws ConfigError with all mistakes at once; it never holds a secret.
 */
export function configOf(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Config {
  const mistakes: string[] = [];
  const given = { ...environment };
  for (const name of ['CONTROL_UI_API_KEY', 'SECRET_KEY'] as const) {
    const path = environment[`${name}_FILE`]?.trim();
    if (path === undefined || path === '') continue;
    try {
      given[name] = readFile(path);
      // Taken for no key at all, it would open the service with one that somebody finds in the log.
      if (given[name]?.trim() === '') mistakes.push(`${name}_FILE names an empty file: ${path}.`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      mistakes.push(`${name}_FILE cannot be read (${code}): ${path}.`);
    }
  }
  const names = Object.keys(variables.shape);
  const read = variables.safeParse(
    Object.fromEntries(names.map((name) => [name, given[name] ?? ''])),
  );
  if (!read.success) {
    for (const issue of read.error.issues) {
      const name = String(issue.path[0]);
      mistakes.push(
        issue.code === 'custom' ? issue.message : `${name} cannot be used: ${issue.message}.`,
      );
    }
  }
  if (mistakes.length > 0 || read.data === undefined) throw new ConfigError(mistakes);
  const v = read.data;
  if (v.CORS_ORIGINS.includes('*')) {
    throw new ConfigError(['CORS_ORIGINS cannot be *: list the origins, or leave it out.']);
  }
  return {
    host: v.CONTROL_UI_HOST,
    port: v.CONTROL_UI_PORT,
    api_key: v.CONTROL_UI_API_KEY ?? null,
    secret_key: v.SECRET_KEY ?? null,
    data_dir: v.CONTROL_DATA_DIR,
    files_dir: v.LOADER_FILES_DIR,
    runner: v.RUNNER,
    docker: {
      engine: v.DOCKER_HOST,
      image: v.LOADER_IMAGE,
      network: v.LOADER_NETWORK ?? null,
      volume: v.LOADER_VOLUME ?? null,
      cpus: v.LOADER_CPUS,
      memory_mb: v.LOADER_MEMORY_MB,
    },
    stand_in_url: v.STAND_IN_URL ?? null,
    control_id: v.CONTROL_ID,
    max_backfills: v.MAX_BACKFILLS,
    cors_origins: v.CORS_ORIGINS,
    trust_proxy: v.TRUST_PROXY,
    allow_private_targets: v.ALLOW_PRIVATE_TARGETS,
    cookie_secure: v.COOKIE_SECURE,
    log_level: v.CONTROL_LOG_LEVEL,
  };
}
