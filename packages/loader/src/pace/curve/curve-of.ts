import type { DayLevels, Settings } from '@trafficinator/contract';
import { weekdayOf } from '../calendar.ts';
import { DayCurve } from './day-curve.ts';
import { hoursOfWeek } from './shapes.ts';

const sunday = 6;

/** The hours of the days in a zone as the settings shape them; a holiday has a Sunday's. */
export function curveOf(
  settings: Pick<Settings, 'traffic_shape' | 'traffic_shape_table'>,
  levels: DayLevels,
  zone: string,
): DayCurve {
  const week = hoursOfWeek(settings.traffic_shape, settings.traffic_shape_table);
  return new DayCurve(week, zone, (date) => (levels.isHoliday(date) ? sunday : weekdayOf(date)));
}
