import type { Conversion, Visit } from '../engine/visit.ts';
import { type Bucket, overSpans } from './bucket.ts';
import { type Call, type Method, ReportError, siteOf } from './call.ts';
import { distinct, ratio, rounded, share, total } from './numbers.ts';
import { isNewVisit } from './visit-frequency.ts';

type Row = Bucket['conversions'][number];
type Kind = 'overall' | 'order' | 'cart' | 'goal';

interface Wanted {
  readonly kind: Kind;
  readonly matches: (conversion: Conversion) => boolean;
}

const COMMERCE = ['revenue_subtotal', 'revenue_tax', 'revenue_shipping', 'revenue_discount'];

function wantedOf(call: Call): Wanted {
  const site = siteOf(call);
  const asked = call.parameters.idGoal ?? '';
  // A shop's rows of a site without ecommerce are stored and shown by Live, but not reported.
  const sells = site.ecommerce === 1;
  if (asked === '' || asked === '0') {
    return {
      kind: 'overall',
      matches: ({ kind }) => kind === 'goal' || (kind === 'order' && sells),
    };
  }
  if (asked === 'ecommerceOrder') {
    return { kind: 'order', matches: ({ kind }) => kind === 'order' && sells };
  }
  if (asked === 'ecommerceAbandonedCart') {
    return { kind: 'cart', matches: ({ kind }) => kind === 'cart' && sells };
  }
  if (!/^\d+$/.test(asked)) throw new ReportError(`The goal '${asked}' is not a goal id.`);
  const id = Number(asked);
  return { kind: 'goal', matches: ({ kind, goal_id }) => kind === 'goal' && goal_id === id };
}

const money = (rows: readonly Row[], of: (conversion: Conversion) => number): number =>
  rounded(
    total(rows, ({ conversion }) => of(conversion)),
    2,
  );

function figures(rows: readonly Row[], visits: readonly Visit[], kind: Kind, formatted: boolean) {
  const convertedVisits =
    kind === 'overall'
      ? // Measured: overall this is the visits marked as converted, refused orders included.
        visits.filter((visit) => visit.converted).length
      : distinct(rows, ({ visit }) => visit.id);
  const revenue = money(rows, (conversion) => conversion.revenue);
  const answer: Record<string, string | number> = {
    nb_conversions: rows.length,
    nb_visits_converted: convertedVisits,
    revenue,
  };
  if (kind === 'order') {
    const parts = [
      money(rows, (conversion) => conversion.subtotal),
      money(rows, (conversion) => conversion.tax),
      money(rows, (conversion) => conversion.shipping),
      money(rows, (conversion) => conversion.discount),
    ];
    for (const [index, name] of COMMERCE.entries()) answer[name] = parts[index]!;
  }
  if (kind === 'order' || kind === 'cart') {
    answer.items = total(rows, ({ conversion }) => conversion.items);
  }
  if (kind === 'order') answer.avg_order_revenue = rounded(ratio(revenue, rows.length), 2);
  answer.conversion_rate = share(convertedVisits, visits.length, 2, formatted);
  return answer;
}

const suffixed = (suffix: string, answer: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [`${name}${suffix}`, value]));

export const goals: Readonly<Record<string, Method>> = {
  'Goals.getGoals': (call) => {
    const site = siteOf(call);
    return site.goals.map((goal) => ({
      idsite: site.id,
      idgoal: goal.idgoal,
      name: goal.name,
      description: '',
      match_attribute: goal.match_attribute,
      ...(goal.match_attribute === 'manually' ? {} : patternOf(goal)),
      allow_multiple: goal.allow_multiple,
      revenue: goal.revenue,
      deleted: 0,
      event_value_as_revenue: 0,
    }));
  },
  'Goals.get': (call) => {
    const { kind, matches } = wantedOf(call);
    return overSpans(call, ({ conversions, visits, formatted }) => {
      const rows = conversions.filter(({ conversion }) => matches(conversion));
      const part = (isNew: boolean) =>
        figures(
          rows.filter(({ visit }) => isNewVisit(visit) === isNew),
          visits.filter((visit) => isNewVisit(visit) === isNew),
          kind,
          formatted,
        );
      return {
        ...figures(rows, visits, kind, formatted),
        ...suffixed('_new_visit', part(true)),
        ...suffixed('_returning_visit', part(false)),
      };
    });
  },
};

const patternOf = (goal: { pattern: string; pattern_type: string; case_sensitive: number }) => ({
  pattern: goal.pattern,
  pattern_type: goal.pattern_type,
  case_sensitive: goal.case_sensitive,
});
