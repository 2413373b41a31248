import { type Problem, problem, type Settings } from '@trafficinator/contract';
import type { Material } from '../plan/material/material.ts';
import { compilePlan } from '../plan/plan.ts';
import type { Conversion } from '../plan/visit.ts';
import type { DoctorFacts } from '../send/preflight/doctor.ts';

/** So many visits are planned to see what they ask of the site: a tenth of a second, rare ones included. */
const triedVisits = 5_000;
const mostNamed = 10;

/** What planned visits need configured in Matomo: ids, each with who asks for it. */
export interface Wanted {
  readonly goals: ReadonlyMap<number, ReadonlySet<string>>;
  readonly dimensions: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Looks at planned visits and at every step of the funnels, since a rare one may be in none of the visits. */
export function wantedOf(settings: Settings, material: Material): Wanted {
  const goals = new Map<number, Set<string>>();
  const dimensions = new Map<number, Set<string>>();
  for (const { name, probability, steps } of material.funnels) {
    if (probability === 0) continue;
    for (const step of steps) {
      if (step.type === 'goal') ask(goals, step.goal_id, `funnel ${name}`);
    }
  }
  const plan = compilePlan({ ...settings, returning_visitor_share: 0 }, material, 1);
  for (let index = 0; index < triedVisits; index++) {
    const { hits, funnel, journey } = plan(index);
    const who = funnel ? `funnel ${funnel.name}` : `journey ${journey ?? 'of a plugin'}`;
    for (const { kind, detail, dimensions: told } of hits) {
      if (kind === 'goal') ask(goals, (detail as Conversion).goal, who);
      for (const [, id] of told?.matchAll(/dimension(\d+)=/g) ?? []) {
        ask(dimensions, Number(id), who);
      }
    }
  }
  return { goals, dimensions };
}

function ask(asked: Map<number, Set<string>>, id: number, who: string): void {
  const known = asked.get(id);
  if (known) known.add(who);
  else asked.set(id, new Set([who]));
}

/** A warning for all goals that the site does not have, and one for its custom dimensions. */
export function missingProblems(
  wanted: Wanted,
  { goals, dimensions }: Pick<DoctorFacts, 'goals' | 'dimensions'>,
): Problem[] {
  const problems: Problem[] = [];
  const lackedGoals = lacking(
    wanted.goals,
    goals?.map(({ idgoal }) => idgoal),
  );
  if (lackedGoals !== null) {
    problems.push(
      problem('goal_missing', {
        message: `The site has no ${lackedGoals}; Matomo refuses the hits that reach it.`,
        remedy:
          'Make it in Matomo (Administration, Goals), or take the id out of what asks for it.',
      }),
    );
  }
  const active = dimensions?.filter((each) => each.active);
  const lackedDimensions = lacking(
    wanted.dimensions,
    active?.map(({ idcustomdimension }) => idcustomdimension),
    'custom dimension',
  );
  if (lackedDimensions !== null) {
    problems.push(
      problem('dimension_missing', {
        message: `The site has no active ${lackedDimensions}; Matomo ignores its values without a word.`,
        remedy:
          'Make it in Matomo (Administration, Custom Dimensions), or take the id out of what asks for it.',
      }),
    );
  }
  return problems;
}

/** `goal 7 (funnel Purchase), goal 9 (journey buyer)`; null: nothing lacks, or Matomo does not tell. */
function lacking(
  wanted: ReadonlyMap<number, ReadonlySet<string>>,
  there: readonly number[] | undefined,
  noun = 'goal',
): string | null {
  if (there === undefined) return null;
  const lacked = [...wanted].filter(([id]) => !there.includes(id)).toSorted(([a], [b]) => a - b);
  if (lacked.length === 0) return null;
  const named = lacked
    .slice(0, mostNamed)
    .map(([id, who]) => `${noun} ${id} (${[...who].slice(0, 3).join(', ')})`);
  const rest = lacked.length > mostNamed ? ` and ${lacked.length - mostNamed} more` : '';
  return named.join(', ') + rest;
}
