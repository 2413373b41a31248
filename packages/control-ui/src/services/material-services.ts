import type { BuiltInMaterial } from '../ports/built-in-material.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store/store.ts';
import type { AuditTrail } from './audit-trail.ts';
import { Funnels } from './funnels/funnels.ts';
import { FunnelImport } from './funnels/import.ts';
import { FunnelsInRuns } from './funnels/statistics.ts';
import { InTurn } from './in-turn.ts';
import { KeptFile } from './material/documents.ts';
import { Events } from './material/events.ts';
import { KeptDocuments } from './material/kept-documents.ts';
import { SingleEvents } from './material/single-events.ts';
import { Urls } from './material/urls.ts';
import { validators } from './material/validators.ts';
import { Preferences } from './preferences.ts';
import type { BuiltInPreset } from './presets/built-in.ts';
import { Presets } from './presets/presets.ts';
import { Targets } from './targets/targets.ts';
import { judgeDocument } from './transfer/document-judge.ts';
import { Exporter } from './transfer/export.ts';
import { Importer } from './transfer/import.ts';

export interface MaterialParts {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly built_in: BuiltInMaterial;
  readonly presets: readonly BuiltInPreset[];
}

/** What people keep here: presets, funnels, files, targets, preferences, and all of it in one file. */
export interface MaterialServices {
  readonly presets: Presets;
  readonly funnels: Funnels;
  readonly funnel_import: FunnelImport;
  readonly funnels_in_runs: FunnelsInRuns;
  readonly urls: Urls;
  readonly events: Events;
  readonly single_events: SingleEvents;
  /** Those that are kept as they are written, besides the events. */
  readonly files: readonly KeptFile[];
  readonly targets: Targets;
  readonly preferences: Preferences;
  readonly exporter: Exporter;
  readonly importer: Importer;
}

export function materialServices(parts: MaterialParts): MaterialServices {
  const { store, audit, clock, built_in, presets } = parts;
  const turn = new InTurn();
  const kept = new KeptDocuments(store.documents, audit);
  const events = new Events(kept, built_in);
  return {
    presets: new Presets(store, presets, audit, turn),
    funnels: new Funnels(store.funnels, audit, turn),
    funnel_import: new FunnelImport(store.funnels, audit, turn),
    funnels_in_runs: new FunnelsInRuns(store.runs),
    urls: new Urls(kept, built_in),
    events,
    single_events: new SingleEvents(events),
    files: Object.entries(validators).map(
      ([kind, judge]) => new KeptFile(kind as keyof typeof validators, kept, judge),
    ),
    targets: new Targets(store.settings, audit, turn),
    preferences: new Preferences(store.preferences),
    exporter: new Exporter(store, clock),
    importer: new Importer({ store, built_in: presets, judge: judgeDocument, audit, turn }),
  };
}
