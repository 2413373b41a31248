import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before a stand-in and answers for its archiver, which the stand-in has not: `reports` says how
 * the answers of a bulk request for reports come out.
 */
export class LateReports {
  /** Takes the true answers, a list for each call, and the number of the read from 0. */
  reports: (answers: unknown[], read: number) => unknown[] = (answers) => answers;
  reads = 0;
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  static async before(url: string): Promise<LateReports> {
    const server = createServer();
    const late = new LateReports(server);
    server.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const method = request.method ?? 'GET';
      const sent = method === 'POST' ? { method, headers, body } : { method };
      const answer = await fetch(`${url}${request.url}`, sent);
      const type = answer.headers.get('content-type') ?? '';
      let text = await answer.text();
      if (body.includes('VisitsSummary.get')) {
        text = JSON.stringify(late.reports(JSON.parse(text), late.reads++));
      }
      const withBody = answer.status === 204 ? undefined : text;
      response.writeHead(answer.status, { 'content-type': type }).end(withBody);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return late;
  }

  get tracker_url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/matomo.php`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** No report has any data. */
export const nothingYet = (answers: unknown[]): unknown[] => answers.map(() => []);
