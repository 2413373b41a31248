import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The far end of the bulk row: answers every bulk request with Matomo's counts for the hits that are in
 * it, which nginx cannot do. It runs in a process of its own, so its cost is not the client's.
 * Writes its port to stdout and runs until it is ended.
 */
export function serveBulk(): void {
  let hits = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'GET') {
        response.end(String(hits));
        return;
      }
      const tracked = hitsIn(Buffer.concat(chunks));
      hits += tracked;
      response.setHeader('content-type', 'application/json');
      response.end(`{"status":"success","tracked":${tracked},"invalid":0}`);
    });
  });
  server.keepAliveTimeout = 3_600_000;
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
  });
}

/** Each hit of a bulk body is a JSON string that begins with a question mark. */
function hitsIn(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf('"?'); at >= 0; at = body.indexOf('"?', at + 2)) count++;
  return count;
}
