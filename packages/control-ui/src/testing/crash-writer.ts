/**
 * A service that does nothing but write, until it is killed: arguments are the data directory, the run it
 * belongs to, and the number to begin with. It tells each number when the store has acknowledged all of it.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../adapters/sqlite/store.ts';
import { systemClock } from '../adapters/system-clock.ts';

const [data_dir = '', run_id = '', first = '0'] = process.argv.slice(2);
const store = await openStore({ data_dir, secret_key: null, as: 'alone' }, systemClock);
const counts = { rejected: 0, failed: 0, unknown: 0, dropped: 0, in_flight: 0 };
const times = { p50_ms: null, p95_ms: null, p99_ms: null, lateness_p95_ms: null };

for (let n = Number(first); ; n++) {
  await Promise.all([
    store.settings.put({ concurrency: n, matomo_token_auth: `token-${n}` }, null, null),
    store.presets.create({
      name: `preset ${n}`,
      description: '',
      settings: { matomo_token_auth: `token-${n}` },
      with_secrets: true,
    }),
    store.documents.put('urls', `https://${n}.test.lan/`, null),
    store.audit.append({
      at: '2026-05-01T12:00:00.000Z',
      actor: 'crash',
      address: '-',
      action: 'write',
      subject: String(n),
      outcome: 'done',
      detail: {},
    }),
    store.runs.append(run_id, [
      {
        ...counts,
        ...times,
        at_seconds: n * 10,
        seconds: 10,
        visits: 1,
        planned_visits: 1,
        accepted: 1,
      },
    ]),
  ]);
  writeSync(1, `${n}\n`);
}
