import { z } from 'zod';
import type { GoalMatch, LedgerGoal } from '../account/ledger/site.ts';
import { decimal, flag, listOrById, wholeNumber } from '../send/api-answer.ts';
import { quotable } from '../send/preflight/foreign-text.ts';
import { ReportingError } from '../send/reporting.ts';
import type { Asked } from './read-reports.ts';

const goalSchema = z.object({
  idgoal: wholeNumber,
  name: z.string().transform(quotable),
  match_attribute: z.string(),
  pattern: z.string().default(''),
  pattern_type: z.string().default('contains'),
  case_sensitive: flag.default(false),
  allow_multiple: flag.default(false),
  revenue: decimal.default(0),
  event_value_as_revenue: flag.default(false),
});
const goalsAnswer = listOrById(goalSchema);

/** A goal of a site as Matomo has it. */
export interface SiteGoal {
  readonly id: number;
  readonly name: string;
  /** How the ledger sees it; null when it converts by what the ledger cannot tell, e.g. a visit's length. */
  readonly ledger: LedgerGoal | null;
  /** Its revenue is an event's value, which the ledger does not know. */
  readonly revenue_from_event: boolean;
}

/** The goals of a site; none when Matomo refuses to tell, as it does without the Goals plugin. */
export async function askGoals(asked: Asked, site_id: number): Promise<SiteGoal[]> {
  try {
    const asks = { method: 'Goals.getGoals', idSite: String(site_id), filter_limit: '-1' };
    return readGoals(await asked.ask(asks));
  } catch (error) {
    if (error instanceof ReportingError && error.refused) return [];
    throw error;
  }
}

/** An answer that is no list of goals is none. */
export function readGoals(answer: unknown): SiteGoal[] {
  const goals = goalsAnswer.safeParse(answer).data ?? [];
  return goals.map((goal) => ({
    id: goal.idgoal,
    name: goal.name,
    ledger: ledgerGoal(goal),
    revenue_from_event: goal.event_value_as_revenue,
  }));
}

const matches: readonly GoalMatch[] = [
  'manually',
  'url',
  'title',
  'file',
  'external_website',
  'event_category',
  'event_action',
  'event_name',
];

const patternTypes: readonly LedgerGoal['pattern_type'][] = ['contains', 'exact', 'regex'];

function ledgerGoal(goal: z.infer<typeof goalSchema>): LedgerGoal | null {
  const match = matches.find((known) => known === goal.match_attribute);
  const pattern_type = patternTypes.find((known) => known === goal.pattern_type);
  if (match === undefined || pattern_type === undefined) return null;
  if (pattern_type === 'regex' && !isRegex(goal.pattern)) return null;
  return {
    id: goal.idgoal,
    match,
    pattern: goal.pattern,
    pattern_type,
    case_sensitive: goal.case_sensitive,
    allow_multiple: goal.allow_multiple,
    revenue_minor: Math.round(goal.revenue * 100),
  };
}

/** Matomo's expressions are PHP's; most mean the same here. */
function isRegex(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
