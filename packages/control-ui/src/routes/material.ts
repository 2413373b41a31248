import type { Audit } from '../ports/store/audit.ts';
import type { MaterialServices } from '../services/material-services.ts';
import { documentRoutes } from './documents.ts';
import { eventRoutes } from './events.ts';
import { funnelListRoutes, funnelRoutes } from './funnels.ts';
import { keepingRoutes } from './keeping.ts';
import { presetRoutes } from './presets.ts';
import type { App } from './routes.ts';
import { singleEventRoutes } from './single-events.ts';
import { statisticsRoutes } from './statistics.ts';
import { targetRoutes } from './targets.ts';
import { transferRoutes } from './transfer.ts';
import { urlRoutes } from './urls.ts';

/** All that people keep here. */
export function materialRoutes(app: App, material: MaterialServices, audit: Audit): void {
  presetRoutes(app, material.presets);
  funnelListRoutes(app, material.funnels, material.funnel_import);
  statisticsRoutes(app, material.funnels_in_runs);
  funnelRoutes(app, material.funnels);
  urlRoutes(app, material.urls);
  eventRoutes(app, material.events);
  singleEventRoutes(app, material.single_events);
  for (const file of material.files) documentRoutes(app, file);
  targetRoutes(app, material.targets);
  keepingRoutes(app, material.preferences, audit);
  transferRoutes(app, material.exporter, material.importer);
}
