import { type Problem, type TargetStrategy, targetsOf } from '@trafficinator/contract';
import type {
  TargetItem,
  TargetsAnswer,
  TargetsBody,
  TargetsChanged,
} from '@trafficinator/contract/rest';
import type { KeptSettings, SettingsStore } from '../../ports/store/material.ts';
import { Refusal, refusalOf } from '../../refusal.ts';
import type { Actor, AuditTrail } from '../audit-trail.ts';
import { formProblems, readValues } from '../fleet/settings-in-force.ts';
import type { InTurn } from '../in-turn.ts';
import { judged } from '../settings-service.ts';
import { shownProblems } from '../shown-problems.ts';
import {
  listSettings,
  shownTarget,
  targetsIn,
  valuesWith,
  type WrittenTarget,
} from './target-list.ts';
import { targetMistakes } from './target-mistakes.ts';
import { isName, withToken } from './tokens.ts';

interface Change {
  readonly targets: readonly WrittenTarget[];
  readonly strategy: TargetStrategy;
  readonly dropped: readonly string[];
  /** Where mistakes lie in the body: the whole list, or one of it at the root. */
  readonly root: string | { readonly position: number };
  readonly message: string;
}

/** The Matomos that get visits. They live in the saved settings; here they are seen and edited one by one. */
export class Targets {
  readonly #store: SettingsStore;
  readonly #audit: AuditTrail;
  readonly #turn: InTurn;

  constructor(store: SettingsStore, audit: AuditTrail, turn: InTurn) {
    this.#store = store;
    this.#audit = audit;
    this.#turn = turn;
  }

  async list(): Promise<TargetsAnswer> {
    return answerOf(await this.#store.get());
  }

  async get(name: string): Promise<TargetItem & { version: number }> {
    const { items, version } = await this.list();
    const found = items.find((each) => isName(each.name, name));
    if (found === undefined) throw missing(name);
    return { ...found, version };
  }

  /** The whole list, in its order. */
  replace(body: TargetsBody, version: number | null, actor: Actor): Promise<TargetsChanged> {
    return this.#change(version, actor, 'target.order', ({ strategy, targets: kept }) => {
      const made = body.targets.map((each) => withToken(each, each.name, kept));
      return {
        targets: made.map(({ target }) => target),
        strategy: body.strategy ?? strategy,
        dropped: made.flatMap(({ target, dropped }) => (dropped ? [String(target.name)] : [])),
        root: '',
        message: `There are ${made.length} targets now.`,
      };
    });
  }

  add(written: WrittenTarget, version: number | null, actor: Actor): Promise<TargetsChanged> {
    return this.#change(version, actor, 'target.create', ({ strategy, targets: kept }) => {
      const { name } = written;
      if (kept.some((each) => isName(each.name, name))) throw taken(String(name));
      return {
        targets: [...kept, withToken(written, null, []).target],
        strategy,
        dropped: [],
        root: { position: kept.length },
        message: 'The target was added.',
      };
    });
  }

  /** What is left out of `written` stays as it is. */
  update(
    name: string,
    written: WrittenTarget,
    version: number | null,
    actor: Actor,
  ): Promise<TargetsChanged> {
    return this.#change(version, actor, 'target.update', ({ strategy, targets: kept }) => {
      const position = kept.findIndex((each) => isName(each.name, name));
      const before = kept[position];
      if (before === undefined) throw missing(name);
      const to = written.name ?? name;
      if (!isName(to, name) && kept.some((each) => isName(each.name, to))) throw taken(String(to));
      const { token_auth: _stored, ...fields } = before;
      const { target, dropped } = withToken({ ...fields, ...written }, name, kept);
      return {
        targets: (kept as readonly WrittenTarget[]).with(position, target),
        strategy,
        dropped: dropped ? [String(to)] : [],
        root: { position },
        message: 'The target was changed.',
      };
    });
  }

  async remove(name: string, version: number | null, actor: Actor): Promise<void> {
    await this.#change(version, actor, 'target.remove', ({ strategy, targets: kept }) => {
      if (!kept.some((each) => isName(each.name, name))) throw missing(name);
      return {
        targets: kept.filter((each) => !isName(each.name, name)),
        strategy,
        dropped: [],
        root: '',
        message: 'The target was removed.',
      };
    });
  }

  #change(
    version: number | null,
    actor: Actor,
    action: string,
    change: (kept: ReturnType<typeof targetsIn>) => Change,
  ): Promise<TargetsChanged> {
    return this.#turn.run(async () => {
      const before = await this.#store.get();
      const { targets, strategy, dropped, root, message } = change(targetsIn(before.values));
      if (targets.length > 0) {
        const { problems } = targetsOf(listSettings(targets));
        const errors = problems.filter(({ severity }) => severity === 'error');
        if (errors.length > 0) throw targetMistakes(errors, root);
      }
      const values = valuesWith(before.values, targets, strategy);
      const read = readValues(values, 'plan');
      if (!read.ok) {
        throw refusalOf(formProblems(read.problems), '', 'The settings cannot be used with it.');
      }
      const kept = await this.#store.put(values, before.preset, version ?? before.version);
      const detail = { targets: targets.length, strategy, tokens_dropped: dropped };
      this.#audit.note(actor, { action, subject: null, outcome: 'done', detail });
      const told =
        dropped.length === 0
          ? message
          : `${message} The token of ${dropped.join(', ')} was dropped: it was stored for another address.`;
      return { ...answerOf(kept), message: told, tokens_dropped: [...dropped] };
    });
  }
}

function answerOf({ values, version }: KeptSettings): TargetsAnswer {
  const { source, strategy, targets } = targetsIn(values);
  const concerning = judged(values).problems.filter(concernsTargets);
  const items = targets.map(shownTarget);
  return { source, strategy, items, version, problems: shownProblems(concerning) };
}

const concernsTargets = ({ fields }: Problem): boolean =>
  fields.some((name) => /^(targets|target_strategy|matomo_)/.test(name));

const missing = (name: string): Refusal =>
  new Refusal('nothing_here', {
    message: `There is no target “${name}”.`,
    remedy: 'GET /api/targets lists them.',
  });

const taken = (name: string): Refusal =>
  new Refusal('name_taken', {
    message: `There is a target named “${name}” already.`,
    remedy: 'Choose another name.',
  });
