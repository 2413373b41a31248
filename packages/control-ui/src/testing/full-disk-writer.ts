/**
 * Writes until the disk refuses (its caller limits the size of files), then tells as JSON what the store says:
 * how many writes it acknowledged, the error, and what is kept.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../adapters/sqlite/store.ts';
import { systemClock } from '../adapters/system-clock.ts';

const [data_dir = ''] = process.argv.slice(2);
const store = await openStore({ data_dir, secret_key: null, as: 'alone' }, systemClock);
let acknowledged = 0;
try {
  for (;;) {
    await store.documents.put('urls', `${acknowledged + 1} ${'x'.repeat(20_000)}`, null);
    acknowledged++;
  }
} catch (error) {
  const { code, message } = error as Error & { code?: string };
  const name = (error as Error).constructor.name;
  const kept = await store.documents.get('urls');
  const told = { acknowledged, code, message, name, version: kept?.version };
  writeSync(1, JSON.stringify(told));
}
await store.close();
