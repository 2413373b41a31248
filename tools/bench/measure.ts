import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Cores, pinned } from './cores.ts';
import { type Reading, rotated } from './rounds.ts';
import { type Measured, type RoundRow, sinkOf } from './rows/row.ts';
import { startBulkSink } from './sink/bulk-sink.ts';
import { startNginx } from './sink/nginx.ts';
import type { Sink } from './sink/sink.ts';

export interface RoundsOptions {
  readonly rows: readonly RoundRow[];
  readonly rounds: number;
  readonly cores: Cores;
  /** This program: it measures each row in a process of its own. */
  readonly program: string;
  readonly said: (reading: Reading) => void;
}

/** Measures every row once a round; throws when a row's hits are not those that the sink has answered. */
export async function measureRounds(options: RoundsOptions): Promise<Reading[]> {
  const { rows, cores, program } = options;
  const needed = new Set(rows.map((row) => sinkOf[row]));
  const command = [process.execPath, program, '--serve-bulk'];
  const sinks = new Map<string, Sink>();
  try {
    if (needed.has('nginx')) sinks.set('nginx', await startNginx(cores.sink));
    if (needed.has('bulk')) sinks.set('bulk', await startBulkSink(cores.sink, command));
    const readings: Reading[] = [];
    for (let round = 0; round < options.rounds; round++) {
      for (const row of rotated(rows, round)) {
        const { figures } = await measureAgainst(sinks.get(sinkOf[row]), row, options);
        const reading = { round, row, figures };
        readings.push(reading);
        options.said(reading);
      }
    }
    return readings;
  } finally {
    for (const sink of sinks.values()) await sink.close();
  }
}

async function measureAgainst(
  sink: Sink | undefined,
  row: RoundRow,
  { cores, program }: RoundsOptions,
): Promise<Measured> {
  const before = (await sink?.answered()) ?? 0;
  const [command = '', ...args] = pinned(cores.client, [
    process.execPath,
    program,
    ...['--measure', row, '--url', sink?.url ?? ''],
  ]);
  const { stdout } = await promisify(execFile)(command, args);
  const measured = JSON.parse(stdout) as Measured;
  const answered = ((await sink?.answered()) ?? 0) - before;
  if (measured.hits !== null && measured.hits !== answered) {
    throw new Error(`${row} counts ${measured.hits} hits, its sink answered ${answered}`);
  }
  return measured;
}
