import { type Problem, type ProblemCode, problem } from '@trafficinator/contract';
import type { Trials } from './trials.ts';
import type { Trial } from './try-plugin.ts';

const see = 'docs/plugins.md has the interface and examples.';

export const refusedPlugin = (path: string, why: string): Problem =>
  problem('plugin_unusable', {
    fields: ['plugins_dir'],
    source: `file ${path}`,
    message: `The plugin ${path} ${why}.`,
    remedy: `Mend it, or take it out of PLUGINS_DIR; ${see}`,
  });

export const unreadableDirectory = (directory: string, error: unknown): Problem =>
  problem('plugin_unusable', {
    fields: ['plugins_dir'],
    value: directory,
    message: `The plugins of ${directory} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    remedy: 'Correct PLUGINS_DIR, or leave it out for no plugins.',
  });

export const noneThere = (directory: string): Problem =>
  problem('plugins_missing', {
    fields: ['plugins_dir'],
    value: directory,
    message: `There is no plugin in ${directory}: none of its files is a module (.mjs, .js, .mts, .ts).`,
    remedy: 'Put one there, or leave PLUGINS_DIR out.',
  });

/** What trying the plugins showed, in words. */
export function trialProblems(trials: Trials, longest_ms: number, budget_ms: number): Problem[] {
  if ('endless' in trials) {
    const why = `did not plan a few visits within ${longest_ms / 1000} s: it may loop for ever`;
    return [refusedPlugin(trials.endless, why)];
  }
  if ('broken' in trials) {
    return [
      problem('plugin_unusable', {
        fields: ['plugins_dir'],
        message: 'The plugins could not be tried: the thread for it did not answer.',
        remedy: 'Try again; if it stays so, start without PLUGINS_DIR.',
      }),
    ];
  }
  return trials.trials.flatMap((trial) => problemsOf(trial, budget_ms));
}

function problemsOf(trial: Trial, budget_ms: number): Problem[] {
  const { path, visits, faulty, first_fault, slow, slowest_ms, differs, unusable } = trial;
  if (unusable !== null) return [refusedPlugin(path, unusable)];
  const told = (code: ProblemCode, message: string, remedy: string): Problem =>
    problem(code, { fields: ['plugins_dir'], source: `file ${path}`, message, remedy });
  const problems: Problem[] = [];
  if (faulty > 0) {
    problems.push(
      told(
        'plugin_faulty',
        `The plugin ${path} failed in ${faulty} of ${visits} visits that were tried; first: ${first_fault}.`,
        'Mend it: such visits are planned without it.',
      ),
    );
  }
  if (differs) {
    problems.push(
      told(
        'plugin_not_reproducible',
        `The plugin ${path} planned other visits when it was asked a second time, so no run with it can be repeated, resumed or reconciled.`,
        'Let it draw from `random` only, keep nothing from visit to visit, and ask no clock.',
      ),
    );
  }
  // The first visits of a program are always slow: its code is not compiled yet.
  if (slow > 1) {
    problems.push(
      told(
        'plugin_slow',
        `The plugin ${path} took up to ${Math.round(slowest_ms)} ms for a visit, more than PLUGIN_BUDGET_MS=${budget_ms}.`,
        'Make it faster, or lower the rate of visits: nothing else happens in that time.',
      ),
    );
  }
  return problems;
}
