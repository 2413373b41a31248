import type { Logger } from 'pino';
import { systemResolver } from './adapters/dns/system-resolver.ts';
import type { Config } from './config.ts';
import type { BuiltInMaterial } from './ports/built-in-material.ts';
import type { Clock } from './ports/clock.ts';
import type { Commands } from './ports/commands.ts';
import type { Files } from './ports/files.ts';
import type { Runner } from './ports/runner.ts';
import type { StandIn } from './ports/stand-in.ts';
import type { StatusReader } from './ports/status-reader.ts';
import type { Store } from './ports/store/store.ts';
import { AddressGuard } from './services/address-guard.ts';
import { AuditTrail } from './services/audit-trail.ts';
import { Backfills } from './services/backfills.ts';
import { ConnectionTest } from './services/connection-test.ts';
import { Composition } from './services/fleet/composition.ts';
import { Fleet } from './services/fleet/fleet.ts';
import { RunBook } from './services/fleet/run-book.ts';
import { Gate } from './services/gate.ts';
import { Hub } from './services/hub.ts';
import { Logs } from './services/logs/logs.ts';
import { materialServices } from './services/material-services.ts';
import { OneOffs } from './services/one-offs.ts';
import { Operations } from './services/operations.ts';
import { Overview, type PresetValues } from './services/overview.ts';
import type { BuiltInPreset } from './services/presets/built-in.ts';
import { connectPulse } from './services/pulse.ts';
import { Readiness } from './services/readiness.ts';
import { Rehearsal } from './services/rehearsal.ts';
import { RunHistory } from './services/run-history.ts';
import type { Services } from './services/services.ts';
import { SettingsService } from './services/settings-service.ts';
import { Sparing } from './services/sparing.ts';
import { Throttle } from './services/throttle.ts';
import { Watch } from './services/watch/watch.ts';

/** What the service stands on. */
export interface Ground {
  readonly store: Store;
  readonly runner: Runner;
  readonly files: Files;
  readonly commands: Commands;
  readonly reader: StatusReader;
  readonly clock: Clock;
  readonly log: Logger;
  readonly presets: readonly BuiltInPreset[];
  readonly built_in: BuiltInMaterial;
  readonly stand_in: StandIn;
}

type Choices = Pick<Config, 'allow_private_targets' | 'max_backfills'>;

export interface Wired extends Services {
  readonly watch: Watch;
  readonly book: RunBook;
  readonly composition: Composition;
}

/** The services over a ground; `start` makes them look, `stop` ends that. */
export function wire(ground: Ground, config: Choices): Wired {
  const { store, runner, files, clock, log } = ground;
  const hub = new Hub(clock.now() * 1_000);
  const watch = new Watch(runner, ground.reader, clock, log);
  const audit = new AuditTrail(store.audit, clock, log);
  const settings = new SettingsService(store.settings, clock);
  const rehearsal = new Rehearsal(ground.stand_in, store.settings, audit);
  const allow_private = (values: Readonly<Record<string, unknown>>) =>
    config.allow_private_targets || rehearsal.isTarget(values);
  const composition = new Composition(store, files, allow_private);
  const book = new RunBook({ runs: store.runs, runner, files, hub, clock, log });
  const fleet = new Fleet({ runner, watch, files, composition, book, clock, log });
  const { built_in } = ground;
  const material = materialServices({ store, audit, clock, built_in, presets: ground.presets });
  const presets: PresetValues = (name) => material.presets.values(name);
  const shared = { fleet, watch, book, settings, composition, files, presets, clock };
  const guard = new AddressGuard(systemResolver, config.allow_private_targets, (url) =>
    ground.stand_in.owns(url),
  );
  const overview = new Overview({ ...shared, runner_kind: runner.kind });
  const operations = new Operations({ ...shared, overview, audit, guard });
  const oneOffs = new OneOffs({
    commands: ground.commands,
    settings,
    composition,
    files,
    allow_private,
  });
  const backfills = new Backfills({
    ...shared,
    runner,
    runs: store.runs,
    audit,
    guard,
    limit: config.max_backfills,
  });
  const logs = new Logs(runner, hub, clock, log);
  connectPulse({ watch, book, logs, overview, backfills, hub, log });
  return {
    clock,
    store,
    gate: new Gate(store.access, clock),
    throttle: new Throttle(clock),
    sparing: new Sparing(clock, 60),
    audit,
    hub,
    logs,
    settings,
    material,
    overview,
    operations,
    readiness: new Readiness(runner, store, files, watch),
    history: new RunHistory(store.runs, audit),
    backfills,
    oneOffs,
    connection: new ConnectionTest(oneOffs, settings, guard),
    rehearsal,
    watch,
    book,
    composition,
  };
}
