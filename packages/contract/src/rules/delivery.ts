import { finding, type Rule } from './rule.ts';

/** A batch holds whole visits, and in realtime a visit lasts minutes. */
export const bulkOnlyCompressed: Rule = {
  live: true,
  reads: ['delivery', 'visit_pacing'],
  check: ({ delivery, visit_pacing: pacing }, given) => {
    if (delivery !== 'bulk' || pacing !== 'realtime') return [];
    return [
      finding(given, ['delivery', 'visit_pacing'], 'bulk_not_in_realtime', {
        message:
          'DELIVERY=bulk sends whole visits at once, which VISIT_PACING=realtime cannot: hits go out one by one.',
        remedy: 'Use VISIT_PACING=compressed for bulk delivery, or remove DELIVERY.',
      }),
    ];
  },
};
