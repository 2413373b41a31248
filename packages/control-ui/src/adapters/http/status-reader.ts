import { backfillReport, backfillStatus, statusSnapshot } from '@trafficinator/contract';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { StatusReader, Told } from '../../ports/status-reader.ts';

const patience_ms = 2_000;
const longest_bytes = 4 * 1024 * 1024;
const told = z.union([
  statusSnapshot.transform((snapshot): Told => ({ kind: 'live', snapshot })),
  backfillReport.transform((report): Told => ({ kind: 'backfill', report })),
  backfillStatus.transform((status): Told => ({ kind: 'backfills', status })),
]);

/** Asks loaders over HTTP. `close` lets go of the connections. */
export function httpStatusReader(): StatusReader & { close(): Promise<void> } {
  const agent = new Agent({ connections: 2, keepAliveTimeout: 5_000 });
  return {
    async read(base) {
      const { statusCode, body } = await request(`${base}/status`, {
        dispatcher: agent,
        signal: AbortSignal.timeout(patience_ms),
        headersTimeout: patience_ms,
        bodyTimeout: patience_ms,
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body) {
        size += (chunk as Buffer).length;
        if (size > longest_bytes) throw new Error('the status is too long');
        chunks.push(chunk as Buffer);
      }
      if (statusCode !== 200) throw new Error(`the status server answers ${statusCode}`);
      return told.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    },
    close: () => agent.close(),
  };
}
