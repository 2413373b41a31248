import type { Goal } from '../sites/site.ts';
import type { Hit } from './hit.ts';
import { HitRefused } from './refusal.ts';
import type { Store } from './store.ts';
import type { Conversion, Visit } from './visit.ts';

/** Matomo's money columns are 32-bit floats: 1234567.89 comes back as 1234567.88. */
const stored = (amount: number): number => Math.fround(Math.round(amount * 100) / 100);

/** The plan of what a hit converts, known before the visit is changed. */
export interface ConversionPlan {
  readonly goals: readonly Goal[];
  /** Goals and orders mark the visit as converted; carts do not. */
  readonly converts: boolean;
  /**
   * What a conversion adds to the visit's length: `idgoal + 2` seconds, where a goal that fires by
   * itself has no `idgoal` in its hit (-1, so 1 s) and an order has 0 (so 2 s). Measured; a
   * refused duplicate order adds it too, because Matomo changes the visit before it refuses.
   */
  readonly extra_seconds: number;
}

/** @throws HitRefused for a goal the site does not have. */
export function planConversions(hit: Hit, fired: readonly Goal[]): ConversionPlan {
  const draft = hit.conversion;
  if (draft === null) {
    const converts = fired.length > 0;
    return { goals: fired, converts, extra_seconds: converts ? 1 : 0 };
  }
  if (draft.kind !== 'goal') {
    const converts = draft.kind === 'order';
    return { goals: [], converts, extra_seconds: converts ? 2 : 0 };
  }
  const goal = hit.site.goals.find((candidate) => candidate.idgoal === draft.goal_id);
  if (goal === undefined) {
    throw new HitRefused('unknown_goal', `Site ${hit.site.id} has no goal ${draft.goal_id}.`);
  }
  return { goals: [goal], converts: true, extra_seconds: goal.idgoal + 2 };
}

/**
 * Writes a hit's goals, order or cart into its visit. A cart replaces the visit's earlier cart; an
 * order replaces it too, so that it is abandoned no more.
 * @throws HitRefused when the order id was already used on the site, by whomever and whenever.
 */
export function recordConversions(
  store: Store,
  hit: Hit,
  visit: Visit,
  plan: ConversionPlan,
  actionId: number | null,
): void {
  for (const goal of plan.goals) {
    const again = visit.conversions.some(
      (conversion) => conversion.kind === 'goal' && conversion.goal_id === goal.idgoal,
    );
    if (again && goal.allow_multiple === 0) continue;
    const revenue = hit.conversion?.revenue ?? goal.revenue;
    const fired = hit.conversion === null ? actionId : null;
    store.putConversion(visit, goalConversion(store, hit, goal, revenue, fired), null);
  }
  const draft = hit.conversion;
  if (draft === null || draft.kind === 'goal') return;
  if (draft.kind === 'order') {
    if (store.hasOrder(hit.site.id, draft.order_id)) {
      throw new HitRefused('duplicate_order_id', `Order ${draft.order_id} was already recorded.`);
    }
    store.addOrder(hit.site.id, draft.order_id);
  }
  const cart = visit.conversions.find((conversion) => conversion.kind === 'cart') ?? null;
  const conversion: Conversion = {
    id: store.nextId(),
    kind: draft.kind,
    goal_id: 0,
    time_ms: hit.time_ms,
    url: hit.url,
    revenue: stored(draft.revenue ?? 0),
    subtotal: stored(draft.subtotal),
    tax: stored(draft.tax),
    shipping: stored(draft.shipping),
    discount: stored(draft.discount),
    items: draft.items,
    order_id: draft.order_id,
    action_id: null,
  };
  store.putConversion(visit, conversion, cart);
}

function goalConversion(
  store: Store,
  hit: Hit,
  goal: Goal,
  revenue: number,
  actionId: number | null,
): Conversion {
  return {
    id: store.nextId(),
    kind: 'goal',
    goal_id: goal.idgoal,
    time_ms: hit.time_ms,
    url: hit.url,
    revenue: stored(revenue),
    subtotal: 0,
    tax: 0,
    shipping: 0,
    discount: 0,
    items: 0,
    order_id: '',
    action_id: actionId,
  };
}
