import { pino } from 'pino';
import { Throttle } from '../plugins/throttle.ts';
import type { Files } from '../ports/files.ts';
import type { Runner } from '../ports/runner.ts';
import type { StatusReader } from '../ports/status-reader.ts';
import type { Store } from '../ports/store/store.ts';
import { AuditTrail } from '../services/audit-trail.ts';
import { Composition } from '../services/fleet/composition.ts';
import { Fleet } from '../services/fleet/fleet.ts';
import { RunBook } from '../services/fleet/run-book.ts';
import { Gate } from '../services/gate.ts';
import { Hub } from '../services/hub.ts';
import { Logs } from '../services/logs/logs.ts';
import { Operations } from '../services/operations.ts';
import { Overview } from '../services/overview.ts';
import { Readiness } from '../services/readiness.ts';
import type { Services } from '../services/services.ts';
import { SettingsService } from '../services/settings-service.ts';
import { Watch } from '../services/watch/watch.ts';
import { memoryStore } from './memory-store.ts';
import { MemoryFiles, noLoaders, noReader } from './no-loaders.ts';
import { StillClock } from './still-clock.ts';

export interface TestParts {
  readonly clock: StillClock;
  readonly store: Store;
  readonly files: Files;
  readonly runner: Runner;
  readonly reader: StatusReader;
}

/** All services on adapters in memory; what a test needs otherwise it hands in. */
export function testServices(given: Partial<TestParts> = {}): TestParts & {
  readonly services: Services;
  readonly watch: Watch;
  readonly book: RunBook;
} {
  const clock = given.clock ?? new StillClock();
  const parts: TestParts = {
    clock,
    store: given.store ?? memoryStore(clock.iso),
    files: given.files ?? new MemoryFiles(),
    runner: given.runner ?? noLoaders,
    reader: given.reader ?? noReader,
  };
  const { store, files, runner, reader } = parts;
  const log = pino({ level: 'silent' });
  const hub = new Hub();
  const audit = new AuditTrail(store.audit, clock, log);
  const watch = new Watch(runner, reader, clock, log);
  const composition = new Composition(store, files, false);
  const book = new RunBook({ runs: store.runs, runner, files, hub, clock, log });
  const fleet = new Fleet({ runner, watch, files, composition, book, clock, log });
  const settings = new SettingsService(store.settings);
  const presets = async () => null;
  const overview = new Overview({
    fleet,
    watch,
    book,
    settings,
    composition,
    files,
    presets,
    clock,
    runner_kind: runner.kind,
  });
  const services: Services = {
    clock,
    store,
    gate: new Gate(store.access, clock),
    throttle: new Throttle(clock),
    audit,
    hub,
    logs: new Logs(runner, hub, clock, log),
    settings,
    overview,
    operations: new Operations({
      fleet,
      settings,
      presets,
      overview,
      composition,
      files,
      book,
      watch,
      audit,
    }),
    readiness: new Readiness(runner, store, files, watch),
  };
  return { ...parts, services, watch, book };
}
