import { onTestFinished } from 'vitest';
import { openRooms } from '../adapters/sqlite/database.ts';

/** The rooms of a store in a folder, without a thread between; a second passes with each look at the clock. */
export function roomsIn(data_dir: string, secret_key: string | null = null) {
  let now_ms = Date.parse('2026-05-01T12:00:00.000Z');
  const now = () => {
    now_ms += 1_000;
    return new Date(now_ms).toISOString();
  };
  const rooms = openRooms({ data_dir, secret_key, as: 'alone' }, now);
  onTestFinished(() => rooms.upkeep.close());
  return rooms;
}
