import type { FakeMatomo, Visit } from '@trafficinator/fake-matomo';

/** What a stand-in has recorded of a visit, without the numbers that depend on the order of arrival. */
function visitLine(visit: Visit): string {
  const { id: _, actions, conversions, dimensions, ...rest } = visit;
  return JSON.stringify({
    ...rest,
    dimensions: [...dimensions],
    actions: actions.map(({ id: _action, dimensions: of, ...action }) => ({
      ...action,
      dimensions: [...of],
    })),
    conversions: conversions.map(({ id: _conversion, action_id, ...conversion }) => ({
      ...conversion,
      fired_by: actions.findIndex((action) => action.id === action_id),
    })),
  });
}

/** Everything that a stand-in has recorded on site 1, a line for each visit, whatever the order in which it came. */
export const dumpOf = (fake: FakeMatomo): string[] => fake.store.visits(1).map(visitLine).sort();
