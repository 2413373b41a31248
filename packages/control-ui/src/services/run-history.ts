import type { compareAnswer, runsAnswer, seriesAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { Run, RunKind, Runs } from '../ports/store/runs.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, AuditTrail } from './audit-trail.ts';
import { numbersOf } from './run-numbers.ts';

type Compared = z.infer<typeof compareAnswer>;

/** Runs that were, and the one that is. */
export class RunHistory {
  readonly #runs: Runs;
  readonly #audit: AuditTrail;

  constructor(runs: Runs, audit: AuditTrail) {
    this.#runs = runs;
    this.#audit = audit;
  }

  async list(query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly kind?: RunKind | undefined;
  }): Promise<z.infer<typeof runsAnswer>> {
    const { limit, cursor = null, kind = null } = query;
    const page = await this.#runs.list({ limit, cursor }, kind);
    const items = page.items.map((run) => ({
      ...run,
      instances: [...run.instances],
      ...numbersOf(run.result),
    }));
    return { ...page, items };
  }

  async get(id: string): Promise<Run & { instances: string[] }> {
    const run = await this.#runs.get(id);
    if (run === null) {
      throw new Refusal('nothing_here', {
        message: `There is no run ${id}.`,
        remedy: 'GET /api/runs lists them.',
      });
    }
    return { ...run, instances: [...run.instances] };
  }

  async series(
    id: string,
    query: {
      readonly from?: number | undefined;
      readonly to?: number | undefined;
      readonly points: number;
    },
  ): Promise<z.infer<typeof seriesAnswer>> {
    await this.get(id);
    const { from = 0, to = Number.MAX_SAFE_INTEGER, points } = query;
    return { points: [...(await this.#runs.series(id, from, to, points))] };
  }

  async compare(a: string, b: string): Promise<Compared> {
    const [first, second] = await Promise.all([this.get(a), this.get(b)]);
    return {
      a: first,
      b: second,
      settings: settingsThatDiffer(first.settings, second.settings),
      numbers: numbersOfBoth(first.result ?? {}, second.result ?? {}),
    };
  }

  async remove(id: string, actor: Actor): Promise<void> {
    const run = await this.get(id);
    if (run.end === null) {
      throw new Refusal('operation_under_way', {
        message: `Run ${id} is under way.`,
        remedy: 'Stop it first.',
      });
    }
    await this.#runs.remove(id);
    this.#audit.note(actor, { action: 'run.remove', subject: id, outcome: 'done', detail: {} });
  }
}

function settingsThatDiffer(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): Compared['settings'] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return names
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => ({ name, a: a[name] ?? null, b: b[name] ?? null }));
}

function numbersOfBoth(a: unknown, b: unknown): Compared['numbers'] {
  const first = numbersIn(a);
  const second = numbersIn(b);
  return [...new Set([...first.keys(), ...second.keys()])].toSorted().map((path) => {
    const one = first.get(path) ?? null;
    const two = second.get(path) ?? null;
    const difference = one === null || two === null ? null : two - one;
    const relative = difference === null || one === null || one === 0 ? null : difference / one;
    return { path, a: one, b: two, difference, relative };
  });
}

/** Every number of an object by its path; lists are left out, their rows have no lasting place. */
function numbersIn(value: unknown, path = ''): Map<string, number> {
  const found = new Map<string, number>();
  if (typeof value === 'number' && path !== '') found.set(path, value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found;
  for (const [name, inner] of Object.entries(value)) {
    const below = numbersIn(inner, path === '' ? name : `${path}.${name}`);
    for (const [key, number] of below) found.set(key, number);
  }
  return found;
}
