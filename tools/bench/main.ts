/**
 * Weighs the loader: processor time per hit beside a bare loop of its HTTP client, planning alone, and
 * what visits in flight cost. Interleaved rounds with the baseline in each, client and sink on a core
 * each. Run: `pnpm bench`; see docs/performance.md. Exits 1 when a target is missed.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coresOfMachine } from './cores.ts';
import { measureInFlight } from './in-flight.ts';
import { thisMachine } from './machine.ts';
import { measureRounds } from './measure.ts';
import { reportText } from './report.ts';
import type { Reading } from './rounds.ts';
import { measureRow } from './rows/measure-row.ts';
import { isCommandRow, type RoundRow, rowNames } from './rows/row.ts';
import { serveBulk } from './sink/bulk-server.ts';
import { NoSink } from './sink/nginx.ts';
import { judge } from './targets.ts';

const help = `pnpm bench [--only ROWS] [--rounds N] [--json FILE]

  --only ROWS   rows to measure, with commas between; a name stands for all that begin with it
                (${rowNames.join(', ')})
  --rounds N    how often each row is measured (default 5)
  --json FILE   where the numbers go (default trafficinator-bench.json in the temporary directory)
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string', default: join(tmpdir(), 'trafficinator-bench.json') },
    help: { type: 'boolean', default: false },
    // How this program calls itself: one process a row, one for the bulk sink.
    measure: { type: 'string' },
    url: { type: 'string', default: '' },
    'serve-bulk': { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(help);
else if (values['serve-bulk']) serveBulk();
else if (values.measure !== undefined) {
  const measured = await measureRow(values.measure as RoundRow, values.url);
  process.stdout.write(JSON.stringify(measured));
} else process.exitCode = await bench();

async function bench(): Promise<number> {
  const wanted = values.only.split(',');
  const rows = rowNames.filter((row) => wanted.some((name) => row.startsWith(name)));
  const rounds = Number(values.rounds);
  if (rows.length === 0 || !(rounds >= 1)) {
    process.stderr.write(help);
    return 2;
  }
  const machine = thisMachine();
  const cores = coresOfMachine();
  const readings: Reading[] = [];
  const said = ({ round, row, figures }: Reading) =>
    process.stderr.write(`round ${round + 1} ${row}: ${JSON.stringify(figures)}\n`);
  try {
    const inRounds = rows.filter((row): row is RoundRow => !isCommandRow(row));
    const program = import.meta.filename;
    readings.push(...(await measureRounds({ rows: inRounds, rounds, cores, program, said })));
    for (const row of rows.filter(isCommandRow)) {
      readings.push({ round: 0, row, figures: await measureInFlight(row, cores) });
    }
  } catch (error) {
    if (!(error instanceof NoSink)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const judged = judge(readings);
  process.stdout.write(reportText(machine, readings, judged));
  writeFileSync(values.json, `${JSON.stringify({ machine, cores, readings, judged }, null, 2)}\n`);
  process.stdout.write(`The numbers are in ${values.json}\n`);
  return judged.every(({ met }) => met) ? 0 : 1;
}
