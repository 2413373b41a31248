import { request } from 'node:http';
import type { Service } from './service.ts';

/** Opens streams; the last `hanging` of them read nothing. */
export async function listen(service: Service, count: number, hanging: number) {
  let open = 0;
  let events = 0;
  const one = (number: number) =>
    new Promise<void>((resolve, reject) => {
      const asked = request(`${service.url}/api/live`, {
        agent: false,
        localAddress: `127.8.0.${1 + (number % 200)}`,
        headers: { 'x-api-key': service.key },
      });
      asked.on('error', reject);
      asked.once('response', (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`HTTP ${answer.statusCode}`));
        open += 1;
        answer.once('close', () => {
          open -= 1;
        });
        answer.on('error', () => {});
        if (number < count - hanging) {
          answer.on('data', (chunk: Buffer) => {
            events += chunk.toString('utf8').split('\n\n').length - 1;
          });
        }
        resolve();
      });
      asked.end();
    });
  await Promise.all(Array.from({ length: count }, (_, number) => one(number)));
  return { open: () => open, events: () => events };
}
