import { finding, type Rule } from './rule.ts';

const hoursOfDay = 24;
const hoursOfWeek = 168;

/** A table of hours is a day or a week, and no day of it is empty. */
export const shapeTableWhole: Rule = {
  reads: ['traffic_shape', 'traffic_shape_table'],
  check: ({ traffic_shape: shape, traffic_shape_table: table }, given) => {
    if (shape !== 'table') return [];
    const problem = (message: string, remedy: string) => [
      finding(given, ['traffic_shape_table'], 'shape_table_invalid', { message, remedy }),
    ];
    if (table.length !== hoursOfDay && table.length !== hoursOfWeek) {
      return problem(
        `TRAFFIC_SHAPE_TABLE has ${table.length} numbers.`,
        'Write 24 (the hours of a day) or 168 (the hours of a week from Monday).',
      );
    }
    for (let start = 0; start < table.length; start += hoursOfDay) {
      if (table.slice(start, start + hoursOfDay).some((weight) => weight > 0)) continue;
      return problem(
        `TRAFFIC_SHAPE_TABLE has no hour above 0 on day ${start / hoursOfDay + 1}.`,
        'Give at least one hour of each day a number above 0.',
      );
    }
    return [];
  },
};
