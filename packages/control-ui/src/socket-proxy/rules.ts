import { z } from 'zod';

/** What the service may ask of the engine: its own loaders, made in the one way it makes them. */
export interface Allowance {
  readonly control_id: string;
  readonly image: string;
  readonly network: string;
  readonly volume: string;
}

export type Verdict =
  | { readonly kind: 'pass' }
  /** Only if the container carries the service's label. */
  | { readonly kind: 'own_container'; readonly id: string }
  /** Only if the body asks for such a container. */
  | { readonly kind: 'creation' }
  | { readonly kind: 'refuse'; readonly why: string };

const pass: Verdict = { kind: 'pass' };
const refuse = (why: string): Verdict => ({ kind: 'refuse', why });
/** As the engine makes ids, and as the service names its containers. */
const container = /^\/containers\/([A-Za-z0-9][A-Za-z0-9_.-]{0,127})(?:\/([a-z]+))?$/;
const reads: ReadonlySet<string> = new Set(['json', 'logs', 'stats']);
const acts: ReadonlySet<string> = new Set(['start', 'stop', 'kill', 'wait']);

/** Judges a request by its method and address; everything that is not named here is refused. */
export function judge(method: string, target: string, allowance: Allowance): Verdict {
  // What is judged must be what the engine gets: no other spelling of a path.
  if (
    !/^\/[A-Za-z0-9._/:@-]*(?:\?|$)/.test(target) ||
    /\/\/|\.\./.test(target.split('?', 1)[0] ?? '')
  ) {
    return refuse('the address is not plain');
  }
  const url = URL.parse(target, 'http://engine');
  if (url === null) return refuse('the address cannot be read');
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  const read = method === 'GET' || method === 'HEAD';
  if (read && (path === '/_ping' || path === '/version')) return pass;
  if (method === 'GET' && (path === '/containers/json' || path === '/events')) {
    return ownOnly(url, allowance) ? pass : refuse('the list is not limited to own containers');
  }
  if (method === 'GET' && path === `/images/${allowance.image}/json`) return pass;
  if (method === 'POST' && path === '/containers/create') {
    return nameOnly(url, allowance)
      ? { kind: 'creation' }
      : refuse('a loader’s container has another name');
  }
  const [, id, action] = container.exec(path) ?? [];
  if (id === undefined) return refuse('there is no need for it');
  const known =
    (method === 'GET' && action !== undefined && reads.has(action)) ||
    (method === 'POST' && action !== undefined && acts.has(action)) ||
    (method === 'DELETE' && action === undefined);
  return known ? { kind: 'own_container', id } : refuse('there is no need for it');
}

/** The address of a creation says the name of the container and nothing else. */
function nameOnly({ searchParams }: URL, { control_id }: Allowance): boolean {
  const [given, ...others] = [...searchParams];
  if (given === undefined || others.length > 0 || given[0] !== 'name') return false;
  return given[1].startsWith(`trafficinator-${control_id}-`);
}

const filters = z.object({ label: z.array(z.string()) });

function ownOnly(url: URL, { control_id }: Allowance): boolean {
  const text = url.searchParams.getAll('filters');
  if (text.length !== 1) return false;
  try {
    const { label } = filters.parse(JSON.parse(text[0] as string));
    return label.includes(`trafficinator.control=${control_id}`);
  } catch {
    return false;
  }
}

/**
 * The body of a creation: these fields with these values, and no other. It is the service's own way of making a
 * loader (adapters/docker/container-spec.ts); what is not listed could open the machine.
 */
export function creationSchema({ control_id, image, network, volume }: Allowance): z.ZodType {
  const labels = z.record(z.string().regex(/^trafficinator\.[a-z]+$/), z.string().max(200));
  return z.strictObject({
    Image: z.literal(image),
    Cmd: z.array(z.string().max(200)).max(20),
    Env: z
      .array(z.string().regex(/^SETTINGS_FILE=\/app\/data\/loaders\/[a-z0-9-]+\/settings\.json$/))
      .max(1),
    ExposedPorts: z.record(z.literal('9464/tcp'), z.strictObject({})).optional(),
    Labels: labels.refine((all) => all['trafficinator.control'] === control_id),
    HostConfig: z.strictObject({
      ReadonlyRootfs: z.literal(true),
      Tmpfs: z.strictObject({ '/tmp': z.string().regex(/^rw,noexec,nosuid,nodev,size=\d+$/) }),
      CapDrop: z.tuple([z.literal('ALL')]),
      SecurityOpt: z.tuple([z.literal('no-new-privileges:true')]),
      Init: z.boolean(),
      NanoCpus: z.int().positive(),
      Memory: z.int().positive(),
      MemorySwap: z.int().positive(),
      PidsLimit: z.int().positive().max(1_000),
      LogConfig: z.strictObject({
        Type: z.literal('json-file'),
        Config: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
      }),
      RestartPolicy: z.strictObject({ Name: z.literal('no') }),
      Mounts: z.tuple([
        z.strictObject({
          Type: z.literal('volume'),
          Source: z.literal(volume),
          Target: z.literal('/app/data'),
        }),
      ]),
      ExtraHosts: z.tuple([z.literal('host.docker.internal:host-gateway')]),
      NetworkMode: z.literal(network),
    }),
  });
}
