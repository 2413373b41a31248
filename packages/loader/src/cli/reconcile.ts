import { writeFileSync } from 'node:fs';
import type { Problem, ReconcileReport, Settings, Target } from '@trafficinator/contract';
import type { RememberedBackfill } from '../account/batches/batch.ts';
import { onlyTarget } from '../backfill/target.ts';
import { baselinePath, readBaseline } from '../edge/baseline-file.ts';
import { systemClock } from '../edge/clock.ts';
import { Failure } from '../edge/failure.ts';
import { materialDigest } from '../edge/identity.ts';
import { loadMaterial } from '../edge/material.ts';
import { openRemembered } from '../edge/remembered-backfill.ts';
import { type SettingsFlags, settingsOfProcess } from '../edge/settings.ts';
import { readAuthority } from '../edge/tls.ts';
import type { Clock } from '../pace/clock.ts';
import type { Material } from '../plan/material/material.ts';
import { knownBatches } from '../reconcile/delivered.ts';
import { junitXml } from '../reconcile/junit.ts';
import { OtherPlan } from '../reconcile/predict.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { featuresOf, settingsOf } from '../reconcile/replay.ts';
import { ReportingError } from '../send/reporting.ts';
import { askForReports, reportsReader } from './reconcile-target.ts';
import { reconcileText, tableLines } from './reconcile-text.ts';
import { showsColour, type TextStream } from './report.ts';

export interface ReconcileFlags extends SettingsFlags {
  /** Which of several targets. */
  readonly target?: string;
  readonly json: boolean;
  /** File for JUnit XML. */
  readonly junit?: string;
  /** How long to wait for numbers that are still moving, seconds; 0: read once. */
  readonly wait: number;
}

export interface ReconcileDoors {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly clock: Clock;
}

const ofProcess = (): ReconcileDoors => ({
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
});

/**
 * `trafficinator reconcile`: compares the backfill that the state directory remembers with Matomo's
 * reports. Resolves to 0 when every number is equal and to 5 when one differs; throws a Failure.
 */
export async function reconcileCommand(
  flags: ReconcileFlags,
  doors: ReconcileDoors = ofProcess(),
): Promise<number> {
  const { target, settings } = onlyTarget(validSettings(flags), flags.target ?? null);
  const journal = openRemembered(settings, target);
  if (journal === null) throw nothingThere(target);
  try {
    const backfill = journal.latest();
    if (backfill === null || hasNothing(journal, backfill)) throw nothingThere(target);
    doors.stderr.write(
      `Comparing backfill ${backfill.run_id} with the reports of site ${target.site_id} at ${target.url} …\n`,
    );
    const report = await compare({ flags, doors, settings, target, backfill, journal });
    tell(report, flags, doors);
    return report.exit_code;
  } finally {
    journal.close();
  }
}

interface Comparison {
  readonly flags: ReconcileFlags;
  readonly doors: ReconcileDoors;
  readonly settings: Settings;
  readonly target: Target;
  readonly backfill: RememberedBackfill;
  readonly journal: NonNullable<ReturnType<typeof openRemembered>>;
}

async function compare(of: Comparison): Promise<ReconcileReport> {
  const { flags, doors, target, backfill, journal } = of;
  const settings = settingsOf(backfill, of.settings);
  const material = rememberedMaterial(backfill, settings);
  const ca = readAuthority(settings.tls_ca_file);
  const { site, zone } = await askForReports(settings, ca, doors.clock.now);
  const reporting = reportsReader(settings, ca, doors.clock.now);
  try {
    return await reconcile({
      settings,
      material,
      features: featuresOf(backfill, target.features),
      backfill,
      journal,
      site,
      zone,
      reporting,
      baseline: readBaseline(baselinePath(settings, target), backfill.run_id),
      clock: doors.clock,
      wait_ms: flags.wait * 1000,
    });
  } catch (error) {
    if (error instanceof ReportingError) throw notReadable(error);
    if (error instanceof OtherPlan) throw plannedOtherwise(backfill);
    throw error;
  } finally {
    await reporting.close();
  }
}

function validSettings(flags: SettingsFlags): Settings {
  const read = settingsOfProcess(flags, 'backfill');
  const errors = read.problems.filter(({ severity }) => severity === 'error').map(ofReports);
  if (errors.length > 0) throw new Failure(errors);
  return read.settings;
}

const ofReports = (found: Problem): Problem =>
  found.code === 'backfill_needs_token'
    ? {
        ...found,
        message: 'Matomo shows its reports to nobody without a token.',
        remedy:
          'Set MATOMO_TOKEN_AUTH (or MATOMO_TOKEN_AUTH_FILE); for the reports view access is enough.',
      }
    : found;

/** What the visits were made of; throws a Failure when it is something else now. */
function rememberedMaterial(backfill: RememberedBackfill, settings: Settings): Material {
  const { material, source } = loadMaterial(settings);
  const behaviour = material.behaviour?.digest;
  const isSame =
    materialDigest(material) === backfill.settings.material &&
    behaviour === backfill.settings.behaviour;
  if (isSame) return material;
  throw Failure.of('state_of_other_settings', {
    message: `The pages (${source ?? 'the built-in site'}), funnels, events, journeys or plugins are not those that backfill ${backfill.run_id} was begun with, so its visits cannot be planned again.`,
    remedy:
      'Put the URL list, the funnels, the events, the journeys and the plugins back as they were, at the same places, then reconcile.',
    fields: ['urls_file', 'funnel_config_path', 'events_file', 'journeys_file', 'plugins_dir'],
  });
}

function tell(report: ReconcileReport, flags: ReconcileFlags, doors: ReconcileDoors): void {
  const people = flags.json ? doors.stderr : doors.stdout;
  if (flags.junit !== undefined) writeJunit(flags.junit, report);
  people.write(reconcileText(report, showsColour(people)));
  if (flags.json) doors.stdout.write(`${JSON.stringify(report)}\n`);
}

function writeJunit(path: string, report: ReconcileReport): void {
  try {
    writeFileSync(
      path,
      junitXml(report, (day) => tableLines(day).join('\n')),
    );
  } catch (error) {
    throw Failure.of('junit_file_unusable', {
      message: `The JUnit file ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy: 'Name a file in a directory that exists with --junit.',
      value: path,
    });
  }
}

function hasNothing(journal: Comparison['journal'], { lanes }: RememberedBackfill): boolean {
  for (const _ of knownBatches(journal, lanes)) return false;
  return true;
}

const nothingThere = (target: Target): Failure =>
  Failure.of('nothing_to_reconcile', {
    message: `There is nothing to reconcile: no backfill has sent anything to site ${target.site_id} at ${target.url} from this state directory.`,
    remedy:
      'Run `trafficinator backfill` first, or name the STATE_DIR and the MATOMO_URL that it used.',
    fields: ['state_dir', 'matomo_url', 'matomo_site_id'],
  });

const plannedOtherwise = ({ run_id }: RememberedBackfill): Failure =>
  Failure.of('state_of_other_settings', {
    message: `This program plans other visits than the one that began backfill ${run_id}.`,
    remedy: 'Reconcile it with the version that began it.',
    fields: ['state_dir'],
  });

const notReadable = (error: ReportingError): Failure =>
  Failure.of('reports_not_readable', {
    message: `Matomo does not give its reports: ${error.message}.`,
    remedy:
      'Check with `trafficinator check`; when Matomo is slow to archive, archive first and reconcile then.',
  });
