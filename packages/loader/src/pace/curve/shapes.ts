/** How busy each hour is relative to the others of its day, from midnight; first on working days, then on weekends. */
interface Shape {
  readonly weekday: readonly number[];
  readonly weekend: readonly number[];
}

const business: Shape = {
  weekday: [
    3, 2, 2, 2, 3, 6, 15, 40, 75, 95, 100, 96, 78, 88, 97, 94, 80, 52, 30, 22, 18, 14, 9, 5,
  ],
  weekend: [
    8, 6, 5, 4, 4, 6, 10, 18, 32, 48, 60, 62, 58, 60, 62, 60, 56, 52, 50, 52, 50, 42, 28, 16,
  ],
};

const consumer: Shape = {
  weekday: [
    14, 8, 5, 4, 4, 8, 20, 34, 42, 46, 50, 56, 62, 58, 56, 58, 64, 72, 82, 94, 100, 92, 64, 34,
  ],
  weekend: [
    22, 14, 9, 6, 5, 6, 10, 20, 36, 54, 68, 76, 78, 78, 80, 82, 84, 86, 90, 98, 100, 88, 60, 36,
  ],
};

/** 168 weights, Monday 0 o'clock first. */
function weekOf(shape: Shape): number[] {
  const days = [0, 1, 2, 3, 4, 5, 6];
  return days.flatMap((day) => (day < 5 ? shape.weekday : shape.weekend));
}

/** The built-in traffic shapes as weeks of hours; a table of 24 is the same every day. */
export function hoursOfWeek(
  shape: 'flat' | 'business' | 'consumer' | 'table',
  table: readonly number[],
): readonly number[] {
  switch (shape) {
    case 'flat':
      return Array.from({ length: 168 }, () => 1);
    case 'business':
      return weekOf(business);
    case 'consumer':
      return weekOf(consumer);
    case 'table':
      return table.length === 168 ? table : Array.from({ length: 7 }, () => table).flat();
  }
}
