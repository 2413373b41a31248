import { exitCodes } from '@trafficinator/contract';
import type {
  planAnswer,
  reconcileAnswer,
  testConnectionAnswer,
} from '@trafficinator/contract/rest';
import { foundProblem } from '@trafficinator/contract/rest';
import { z } from 'zod';
import type { CommandLimits, CommandResult, Commands } from '../ports/commands.ts';
import type { Files, LoaderFile } from '../ports/files.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import { type Composition, knownOnly } from './fleet/composition.ts';
import type { SettingsService } from './settings-service.ts';

export interface OneOffParts {
  readonly commands: Commands;
  readonly settings: SettingsService;
  readonly composition: Composition;
  readonly files: Files;
  /** Whether settings may send into the service's own network. */
  readonly allow_private: (values: Readonly<Record<string, unknown>>) => boolean;
}

const megabyte = 1024 * 1024;
const planLimits: CommandLimits = { timeout_ms: 20_000, stdout_bytes: 8 * megabyte };
const object = z.record(z.string(), z.unknown());
const checkReport = z.looseObject({
  ok: z.boolean(),
  errors: z.array(foundProblem),
  warnings: z.array(foundProblem),
  notices: z.array(foundProblem),
  findings: z.array(z.looseObject({ label: z.string(), text: z.string() })),
  targets: z.array(object),
});

/** What the loader's own commands answer: plan, check, forecast, reconcile. Each runs in its own process. */
export class OneOffs {
  readonly #parts: OneOffParts;

  constructor(parts: OneOffParts) {
    this.#parts = parts;
  }

  /** Asks the targets of settings, as `check` does; sends one marked visit. */
  async check(
    config: Readonly<Record<string, unknown>>,
    timeout_seconds: number,
  ): Promise<z.input<typeof testConnectionAnswer>> {
    const values = await this.#judged(config, false);
    const limits = { timeout_ms: timeout_seconds * 4_000 + 15_000, stdout_bytes: megabyte };
    const args = ['check', '--json', '--timeout', String(timeout_seconds)];
    const result = await this.#parts.commands.run(args, this.#with(values), limits);
    const report = checkReport.parse(jsonOf(result));
    const { ok, errors, warnings, notices, findings, targets } = report;
    return { success: ok, errors, warnings, notices, findings, targets };
  }

  /** Visits of the plan, as `plan` shows them. */
  async plan(
    config: Readonly<Record<string, unknown>>,
    range: { readonly visits: number; readonly from: number },
    files: Readonly<Partial<Record<LoaderFile, string>>>,
  ): Promise<z.input<typeof planAnswer>> {
    const found = await this.#parts.settings.judge(config);
    const args = [
      'plan',
      '--format',
      'jsonl',
      '--visits',
      String(range.visits),
      '--from',
      String(range.from),
    ];
    const result = await this.#parts.commands.run(args, this.#with(found.values), planLimits, {
      ...(await this.#parts.composition.material()),
      ...files,
    });
    if (result.exit_code !== 0) throw failed(result);
    const lines = result.stdout.split('\n').filter((line) => line !== '');
    return { visits: lines.map((line) => object.parse(JSON.parse(line))) };
  }

  /** What a backfill would send. */
  async forecast(config: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const values = await this.#judged(config, true);
    const limits = { timeout_ms: 120_000, stdout_bytes: 8 * megabyte };
    const args = ['backfill', '--dry-run', '--json'];
    const material = await this.#parts.composition.material();
    const result = await this.#parts.commands.run(args, this.#with(values), limits, material);
    if (result.exit_code !== 0) throw failed(result);
    return object.parse(jsonOf(result));
  }

  /** Compares a backfill with Matomo's reports, as `reconcile` does. */
  async reconcile(
    id: string,
    target: string | undefined,
    wait_seconds: number,
  ): Promise<z.input<typeof reconcileAnswer>> {
    const { commands, files } = this.#parts;
    const settings = await files.settingsOf(id);
    if (settings === null) {
      throw new Refusal('nothing_here', {
        message: `There are no files of backfill ${id}.`,
        remedy: 'GET /api/backfill/status lists the backfills; one that was cleaned up has none.',
      });
    }
    const args = ['reconcile', '--json', '--wait', String(wait_seconds)];
    if (target !== undefined) args.push('--target', target);
    const limits = { timeout_ms: wait_seconds * 1_000 + 300_000, stdout_bytes: 8 * megabyte };
    const result = await commands.run(args, settings, limits);
    const mismatch = exitCodes.reconcile_mismatch.code;
    if (result.exit_code !== 0 && result.exit_code !== mismatch) throw failed(result);
    return { matches: result.exit_code === 0, report: object.parse(jsonOf(result)) };
  }

  async #judged(
    config: Readonly<Record<string, unknown>>,
    backfill: boolean,
  ): Promise<Readonly<Record<string, unknown>>> {
    const found = await this.#parts.settings.judge(config, { backfill });
    if (!found.ok) throw refusalOf(found.problems, '/config', 'The settings cannot be used.');
    return found.values;
  }

  #with(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return knownOnly({ ...values, allow_private_targets: this.#parts.allow_private(values) });
  }
}

function jsonOf(result: CommandResult): unknown {
  if (result.timed_out) throw failed(result);
  const last = result.stdout.split('\n').findLast((line) => line.startsWith('{'));
  if (last === undefined) throw failed(result);
  return JSON.parse(last);
}

function failed(result: CommandResult): Refusal {
  if (result.timed_out) {
    return new Refusal('command_timed_out', {
      message: 'It took longer than the service waits for it.',
      remedy: 'Ask for less, or use the command line.',
    });
  }
  const said = result.stderr
    .split('\n')
    .findLast((line) => line.startsWith('error: '))
    ?.slice('error: '.length);
  return new Refusal('command_failed', {
    message: said ?? `The loader ended with exit code ${result.exit_code}.`,
    remedy: said === undefined ? 'Look at the service’s log.' : 'Mend what the message names.',
  });
}
