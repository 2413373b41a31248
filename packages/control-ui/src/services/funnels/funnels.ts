import { createHash } from 'node:crypto';
import type { FunnelDetail } from '@trafficinator/contract/rest';
import { type Page, type PageQuery, StoreError } from '../../ports/store/kept.ts';
import type { Rows, StoredFunnel } from '../../ports/store/material.ts';
import { Refusal } from '../../refusal.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import type { InTurn } from '../in-turn.ts';
import { shownProblems } from '../shown-problems.ts';
import { compact, funnelMistake, judgeFunnel } from './funnel-text.ts';
import { sharesOf } from './shares.ts';

type Written = Readonly<Record<string, unknown>>;

/** Funnels: whole, in the file's format, judged by the loader's own rules before they are kept. */
export class Funnels {
  readonly #rows: Rows<StoredFunnel>;
  readonly #audit: AuditTrail;
  readonly #turn: InTurn;

  constructor(rows: Rows<StoredFunnel>, audit: AuditTrail, turn: InTurn) {
    this.#rows = rows;
    this.#audit = audit;
    this.#turn = turn;
  }

  /** In the order in which they are tried; `version` stands for the whole list. */
  async list({ limit, cursor }: PageQuery): Promise<Page<FunnelDetail> & { version: number }> {
    const rows = await this.#rows.all();
    const shares = sharesOf(rows);
    const from = cursor === null ? 0 : rows.findIndex(({ id }) => String(id) === cursor) + 1;
    const shown = cursor !== null && from === 0 ? [] : rows.slice(from, from + limit);
    const last = shown.at(-1);
    const more = last !== undefined && from + limit < rows.length;
    return {
      items: shown.map((row) => detailOf(row, shares)),
      next: more ? String(last.id) : null,
      total: rows.length,
      version: versionOf(rows),
    };
  }

  async get(id: number): Promise<FunnelDetail> {
    const rows = await this.#rows.all();
    const found = rows.find((row) => row.id === id);
    if (found === undefined) throw missing(id);
    return detailOf(found, sharesOf(rows));
  }

  /** All, as loaders read them. */
  async file(): Promise<Written[]> {
    return (await this.#rows.all()).map(({ funnel }) => funnel);
  }

  create(written: Written, actor: Actor): Promise<FunnelDetail> {
    return this.#turn.run(async () => {
      const made = await this.#rows.create(rowOf(written));
      this.#note(actor, 'create', made);
      return this.get(made.id);
    });
  }

  /** What is left out of `written` stays as it is; null puts it back to its default. */
  update(
    id: number,
    written: Written,
    version: number | null,
    actor: Actor,
  ): Promise<FunnelDetail> {
    return this.#turn.run(async () => {
      const before = await this.#rows.get(id);
      if (before === null) throw missing(id);
      const fields = Object.entries({ ...before.funnel, ...written });
      const row = rowOf(Object.fromEntries(fields.filter(([, value]) => value !== null)));
      const made = await this.#rows.update(id, row, version);
      this.#note(actor, 'update', made);
      return this.get(id);
    });
  }

  remove(id: number, version: number | null, actor: Actor): Promise<void> {
    return this.#turn.run(async () => {
      const before = await this.#rows.get(id);
      if (before === null) throw missing(id);
      await this.#rows.remove(id, version);
      this.#note(actor, 'remove', before);
    });
  }

  /** Priorities 0, 1, 2 … in the order of the ids, which are all there are. */
  reorder(ids: readonly number[], version: number | null, actor: Actor): Promise<void> {
    return this.#turn.run(async () => {
      const rows = await this.#rows.all();
      if (version !== null && version !== versionOf(rows)) {
        throw new StoreError('edited_meanwhile', 'The list of funnels was edited meanwhile.');
      }
      const known = new Set(rows.map((row) => row.id));
      const named = new Set(ids);
      if (ids.length !== known.size || [...known].some((id) => !named.has(id))) {
        throw new Refusal('request_invalid', {
          message: `The order does not name each of the ${known.size} funnels once.`,
          remedy: 'Send all ids of GET /api/funnels, each once.',
        });
      }
      for (const [priority, id] of ids.entries()) {
        const row = rows.find((each) => each.id === id) as StoredFunnel;
        if (row.priority === priority) continue;
        const { name, enabled } = row;
        const funnel = { ...row.funnel, priority };
        await this.#rows.update(id, { name, enabled, priority, funnel }, row.version);
      }
      this.#audit.note(actor, {
        action: 'funnel.reorder',
        subject: null,
        outcome: 'done',
        detail: { ids },
      });
    });
  }

  #note(actor: Actor, what: string, { id, name, version }: StoredFunnel): void {
    this.#audit.note(actor, {
      action: `funnel.${what}`,
      subject: String(id),
      outcome: 'done',
      detail: { name, version },
    });
  }
}

/** A row of a funnel. @throws Refusal with all its mistakes. */
function rowOf(written: Written): Pick<StoredFunnel, 'name' | 'enabled' | 'priority' | 'funnel'> {
  const { funnel, errors } = judgeFunnel(written);
  if (funnel === null) {
    throw new Refusal('request_invalid', {
      message: `The funnel has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}.`,
      remedy: 'Mend what errors lists; docs/funnels.md has every field.',
      errors: errors.map((each) => funnelMistake(each, '', true)),
    });
  }
  const { name, enabled, priority } = funnel;
  return { name, enabled, priority, funnel: compact(funnel) };
}

function detailOf(row: StoredFunnel, shares: ReadonlyMap<number, number>): FunnelDetail {
  const { id, version, created_at, updated_at, name, priority, enabled } = row;
  const funnel = { ...row.funnel };
  const { errors, warnings } = judgeFunnel(funnel);
  const { description, probability, steps } = funnel;
  return {
    id,
    version,
    created_at,
    updated_at,
    name,
    description: typeof description === 'string' ? description : null,
    probability: Number(probability ?? 0),
    priority,
    enabled,
    exit_after_completion: funnel.exit_after_completion !== false,
    step_count: Array.isArray(steps) ? steps.length : 0,
    share: shares.get(id) ?? null,
    problems: shownProblems(errors),
    funnel,
    warnings: shownProblems(warnings),
  };
}

/** A number of 48 bits that another list does not have. */
function versionOf(rows: readonly StoredFunnel[]): number {
  const text = rows.map(({ id, version }) => `${id}:${version}`).join();
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

const missing = (id: number): Refusal =>
  new Refusal('nothing_here', {
    message: `There is no funnel ${id}.`,
    remedy: 'GET /api/funnels lists them.',
  });
