import type { LedgerHit } from './hit.ts';
import { Memo } from './memo.ts';
import type { GoalMatch, LedgerGoal } from './site.ts';

interface Matcher {
  readonly goal: LedgerGoal;
  readonly matches: (text: string) => boolean;
}

const none: readonly LedgerGoal[] = [];
const rememberedUrls = 65_536;

/** The goals of a site that hits convert by what they are about. */
export class AutomaticGoals {
  readonly #byAttribute = new Map<GoalMatch, readonly Matcher[]>();
  readonly #byUrl: Memo<readonly LedgerGoal[]>;

  constructor(goals: readonly LedgerGoal[]) {
    for (const [attribute, its] of Map.groupBy(goals, (goal) => goal.match)) {
      this.#byAttribute.set(
        attribute,
        its.map((goal) => ({ goal, matches: compilePattern(goal) })),
      );
    }
    this.#byUrl = new Memo(rememberedUrls, (url) => this.#matching('url', url));
  }

  /** Goals that an action converts; `kind` is what Matomo records the hit as. */
  of(kind: LedgerHit['kind'], hit: LedgerHit): readonly LedgerGoal[] {
    if (this.#byAttribute.size === 0) return none;
    switch (kind) {
      case 'pageview':
        return both(
          hit.url === null ? none : this.#byUrl.of(hit.url),
          this.#matching('title', hit.title),
        );
      case 'download':
        return this.#matching('file', hit.link);
      case 'outlink':
        return this.#matching('external_website', hit.link);
      case 'event':
        return both(
          both(
            this.#matching('event_category', hit.event?.category ?? null),
            this.#matching('event_action', hit.event?.action ?? null),
          ),
          this.#matching('event_name', hit.event?.name ?? null),
        );
      default:
        return none;
    }
  }

  #matching(attribute: GoalMatch, text: string | null): readonly LedgerGoal[] {
    const matchers = this.#byAttribute.get(attribute);
    if (matchers === undefined || text === null) return none;
    return matchers.flatMap(({ goal, matches }) => (matches(text) ? [goal] : []));
  }
}

const both = (a: readonly LedgerGoal[], b: readonly LedgerGoal[]): readonly LedgerGoal[] =>
  b.length === 0 ? a : a.length === 0 ? b : [...a, ...b];

function compilePattern(goal: LedgerGoal): (text: string) => boolean {
  const { pattern, pattern_type, case_sensitive } = goal;
  if (pattern_type === 'regex') {
    const regex = new RegExp(pattern, case_sensitive ? '' : 'i');
    return (text) => regex.test(text);
  }
  const cased = case_sensitive ? (text: string) => text : (text: string) => text.toLowerCase();
  const wanted = cased(pattern);
  return pattern_type === 'exact'
    ? (text) => cased(text) === wanted
    : (text) => cased(text).includes(wanted);
}
