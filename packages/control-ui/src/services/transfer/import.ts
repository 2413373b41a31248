import type { ImportBody, ImportItem, importAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';
import type { Store } from '../../ports/store/store.ts';
import { Refusal } from '../../refusal.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import type { InTurn } from '../in-turn.ts';
import type { BuiltInPreset } from '../presets/built-in.ts';
import type { Planned } from './import-plan.ts';
import type { DocumentJudge } from './parts.ts';
import { planDocuments, planFunnels, planPreferences, planPresets, planSettings } from './parts.ts';
import { allOrNothing } from './undo.ts';

const mostTold = 100;

export interface ImporterParts {
  readonly store: Store;
  readonly built_in: readonly BuiltInPreset[];
  readonly judge: DocumentJudge;
  readonly audit: AuditTrail;
  readonly turn: InTurn;
}

/** Takes an export in: everything is judged before anything is written. */
export class Importer {
  readonly #parts: ImporterParts;

  constructor(parts: ImporterParts) {
    this.#parts = parts;
  }

  take(body: ImportBody, key_id: number, actor: Actor): Promise<z.output<typeof importAnswer>> {
    const { turn, audit } = this.#parts;
    return turn.run(async () => {
      const planned = await this.#plan(body, key_id);
      const items = planned.map(({ item }) => item);
      const refused = items.filter(({ action }) => action === 'refused');
      if (refused.length > 0 && !body.partial) throw refusalOf(refused);
      if (!body.dry_run) {
        await allOrNothing(planned.flatMap(({ apply }) => (apply === null ? [] : [apply])));
        const detail = { ...countsOf(items), conflict: body.conflict };
        audit.note(actor, { action: 'import', subject: null, outcome: 'done', detail });
      }
      return { message: sentence(items, body.dry_run), dry_run: body.dry_run, items };
    });
  }

  async #plan({ export: file, conflict }: ImportBody, key_id: number): Promise<Planned[]> {
    const { store, built_in, judge } = this.#parts;
    const reserved = built_in.map(({ name }) => name);
    return [
      ...(await planPresets(store, file.presets ?? [], conflict, reserved)),
      ...(await planFunnels(store, file.funnels ?? [], conflict)),
      ...(await planDocuments(store, file.documents ?? {}, conflict, judge)),
      ...(await planSettings(store, file.settings, conflict)),
      ...(await planPreferences(store, file.preferences, conflict, key_id)),
    ];
  }
}

function refusalOf(refused: readonly ImportItem[]): Refusal {
  const errors = refused.flatMap((item) => item.errors);
  return new Refusal('request_invalid', {
    message: `${refused.length} things of the export cannot be used; nothing was imported.`,
    remedy: 'Mend what errors lists, or leave it out with "partial": true.',
    errors: errors.slice(0, mostTold),
  });
}

function countsOf(items: readonly ImportItem[]): Record<ImportItem['action'], number> {
  const counts = { created: 0, replaced: 0, renamed: 0, skipped: 0, refused: 0 };
  for (const { action } of items) counts[action] += 1;
  return counts;
}

function sentence(items: readonly ImportItem[], dry_run: boolean): string {
  const counts = Object.entries(countsOf(items))
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action}`);
  const text = counts.length === 0 ? 'The export is empty' : counts.join(', ');
  return dry_run ? `${text}; nothing was written.` : `${text}.`;
}
