import { existsSync } from 'node:fs';
import { databaseFileOf, openRooms } from '../adapters/sqlite/database.ts';
import { OpeningError } from '../ports/store/opening.ts';

/** Writes a line for the person at the terminal. */
export type Say = (line: string) => void;

/** @throws OpeningError when a service never kept anything there */
export function needData(data_dir: string): void {
  if (existsSync(databaseFileOf(data_dir))) return;
  throw new OpeningError(
    'data_unusable',
    `There is no data of the service in ${data_dir}.`,
    'Name the folder with --data or CONTROL_DATA_DIR.',
  );
}

/** The store without its secrets, beside a service that may run. @throws OpeningError, StoreError */
export function besideService<T>(
  data_dir: string,
  act: (rooms: ReturnType<typeof openRooms>) => T,
): T {
  const now = () => new Date().toISOString();
  const rooms = openRooms({ data_dir, secret_key: null, as: 'beside' }, now);
  try {
    return act(rooms);
  } finally {
    rooms.upkeep.close();
  }
}
