import type { ConflictMode, FunnelsImported } from '@trafficinator/contract/rest';
import type { Rows, StoredFunnel } from '../../ports/store/material.ts';
import { Refusal } from '../../refusal.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import type { InTurn } from '../in-turn.ts';
import { freeName } from '../names.ts';
import { compact, funnelMistake, judgeFunnel, judgeFunnels } from './funnel-text.ts';

type Written = Readonly<Record<string, unknown>>;
type Row = Pick<StoredFunnel, 'name' | 'enabled' | 'priority' | 'funnel'>;
type Step =
  | { readonly kind: 'create'; readonly row: Row }
  | { readonly kind: 'replace'; readonly row: Row; readonly there: StoredFunnel };

const mostTold = 100;

/** Takes funnels of a file in: all of them are judged first, and one mistake refuses all. */
export class FunnelImport {
  readonly #rows: Rows<StoredFunnel>;
  readonly #audit: AuditTrail;
  readonly #turn: InTurn;

  constructor(rows: Rows<StoredFunnel>, audit: AuditTrail, turn: InTurn) {
    this.#rows = rows;
    this.#audit = audit;
    this.#turn = turn;
  }

  take(
    given: readonly Written[] | Written,
    conflict: ConflictMode,
    actor: Actor,
  ): Promise<FunnelsImported> {
    return this.#turn.run(async () => {
      const list = Array.isArray(given) ? (given as readonly Written[]) : [given as Written];
      const rows = judgedRows(list, !Array.isArray(given));
      const kept = await this.#rows.all();
      if (conflict === 'refuse') refuseTaken(rows, kept);
      const names = new Set([...kept, ...rows].map(({ name }) => name));
      const renamed: FunnelsImported['renamed'] = [];
      const steps = rows.flatMap((row): Step[] => {
        const there = kept.find(({ name }) => name === row.name);
        if (there === undefined) return [{ kind: 'create', row }];
        if (conflict === 'skip') return [];
        if (conflict === 'replace') return [{ kind: 'replace', row, there }];
        const to = freeName(row.name, 'imported', (name) => names.has(name));
        names.add(to);
        renamed.push({ from: row.name, to });
        return [{ kind: 'create', row: { ...row, name: to, funnel: { ...row.funnel, name: to } } }];
      });
      for (const step of steps) {
        if (step.kind === 'create') await this.#rows.create(step.row);
        else await this.#rows.update(step.there.id, step.row, step.there.version);
      }
      const replaced = steps.filter(({ kind }) => kind === 'replace').length;
      const created = steps.length - replaced;
      const skipped = rows.length - steps.length;
      this.#audit.note(actor, {
        action: 'funnel.import',
        subject: null,
        outcome: 'done',
        detail: { created, replaced, skipped },
      });
      const message = `${created} funnels were added, ${replaced} replaced, ${skipped} skipped.`;
      return { message, created, replaced, skipped, renamed };
    });
  }
}

function judgedRows(list: readonly Written[], alone: boolean): Row[] {
  const errors = judgeFunnels(list);
  if (errors.length > 0) {
    const told = errors.length > mostTold ? `; the first ${mostTold} are listed` : '';
    throw new Refusal('request_invalid', {
      message: `The funnels have ${errors.length} mistakes${told}.`,
      remedy: 'Mend what errors lists; docs/funnels.md has every field.',
      errors: errors.slice(0, mostTold).map((each) => funnelMistake(each, '', alone)),
    });
  }
  return list.flatMap((written) => {
    const { funnel } = judgeFunnel(written);
    if (funnel === null) return [];
    const { name, enabled, priority } = funnel;
    return [{ name, enabled, priority, funnel: compact(funnel) }];
  });
}

function refuseTaken(rows: readonly Row[], kept: readonly StoredFunnel[]): void {
  const taken = rows.flatMap(({ name }, at) =>
    kept.some((row) => row.name === name) ? [{ name, at }] : [],
  );
  if (taken.length === 0) return;
  throw new Refusal('name_taken', {
    message: `${taken.length} of the funnels have names that are taken; none was imported.`,
    remedy: 'Use conflict=skip, replace or rename.',
    errors: taken.slice(0, mostTold).map(({ name, at }) => ({
      pointer: `/${at}/name`,
      field: 'name',
      code: 'name_taken',
      severity: 'error',
      message: `There is a funnel named “${name}” already.`,
      remedy: 'Choose another name, or what becomes of it.',
    })),
  });
}
