import { z } from 'zod';
import type { Instance } from '../../ports/runner.ts';
import { type Engine, EngineAnswer } from './engine.ts';
import { isOwn, type Labels, labelFilter, labels, roleOf } from './labels.ts';

const labelSchema = z.record(z.string(), z.string());
const listSchema = z.array(
  z.object({ Id: z.string(), Labels: labelSchema, State: z.string(), Created: z.number() }),
);
const inspectSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  Config: z.object({ Labels: labelSchema }),
  State: z.object({
    Status: z.string(),
    ExitCode: z.int(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
  }),
  NetworkSettings: z.object({
    Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish(),
    Networks: z.record(z.string(), z.object({ IPAddress: z.string() })).nullish(),
  }),
});
/** A container as the engine shows it. */
export type Inspected = z.infer<typeof inspectSchema>;

/** Ids of the containers of this service, or of one instance; the one that counts comes first. */
export async function containerIds(
  engine: Engine,
  control_id: string,
  id: string | null,
): Promise<string[]> {
  const filters = { label: labelFilter(control_id, id) };
  const found = listSchema.parse(
    await engine.call((abortSignal) =>
      engine.docker.listContainers({ all: true, filters, abortSignal }),
    ),
  );
  const runs = (state: string): number => (state === 'running' ? 1 : 0);
  return found
    .filter(({ Labels }) => isOwn(Labels, control_id))
    .sort((a, b) => runs(b.State) - runs(a.State) || b.Created - a.Created)
    .map(({ Id }) => Id);
}

/** null: it was removed meanwhile. */
export async function inspect(engine: Engine, container: string): Promise<Inspected | null> {
  try {
    const ask = (abortSignal: AbortSignal) =>
      engine.docker.getContainer(container).inspect({ abortSignal });
    return inspectSchema.parse(await engine.call(ask));
  } catch (error) {
    if (error instanceof EngineAnswer && error.status === 404) return null;
    throw error;
  }
}

/** The container of an instance; null: there is none of this service. */
export async function findContainer(
  engine: Engine,
  control_id: string,
  id: string,
): Promise<Inspected | null> {
  for (const container of await containerIds(engine, control_id, id)) {
    const found = await inspect(engine, container);
    if (found !== null && isOwn(labelsOf(found), control_id)) return found;
  }
  return null;
}

export const labelsOf = ({ Config }: Inspected): Labels => Config.Labels;

export const stateOf = ({ State }: Inspected): Instance['state'] => {
  if (State.Status === 'created') return 'created';
  return ['running', 'paused', 'restarting'].includes(State.Status) ? 'running' : 'exited';
};

export function instanceOf(found: Inspected): Instance {
  const { State } = found;
  const state = stateOf(found);
  const exited = state === 'exited';
  return {
    id: labelsOf(found)[labels.instance] ?? '',
    role: roleOf(labelsOf(found)),
    state,
    exit_code: exited ? State.ExitCode : null,
    out_of_memory: exited ? State.OOMKilled : null,
    started_at: timeOf(State.StartedAt),
    finished_at: exited ? timeOf(State.FinishedAt) : null,
    detail: `container ${found.Id.slice(0, 12)}`,
  };
}

/** The engine's year 1 is no time. */
function timeOf(text: string): string | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || ms <= 0 ? null : new Date(ms).toISOString();
}
