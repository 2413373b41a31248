import { z } from 'zod';
import type { Faults } from '../faults/faults.ts';
import type { Received } from './received.ts';
import { jsonReply, type Reply } from './reply.ts';

export interface Controlled {
  readonly faults: Faults;
  readonly stats: () => unknown;
  readonly reset: () => void;
}

/** The stand-in's own routes under `/__stand-in/`; null when the path is none of them. */
export function answerControl(received: Received, controlled: Controlled): Reply | null {
  switch (received.path) {
    case '/__stand-in/stats':
      return jsonReply(200, controlled.stats());
    case '/__stand-in/reset':
      if (received.method !== 'POST') return wrongMethod('POST');
      controlled.reset();
      return jsonReply(200, { status: 'ok' });
    case '/__stand-in/faults':
      return faultsReply(received, controlled.faults);
    default:
      return null;
  }
}

function faultsReply(received: Received, faults: Faults): Reply {
  switch (received.method) {
    case 'GET':
      return jsonReply(200, faults.settings);
    case 'PUT':
      return putFaults(received.body, faults);
    case 'DELETE':
      faults.clear();
      return jsonReply(200, faults.settings);
    default:
      return wrongMethod('GET, PUT, DELETE');
  }
}

function putFaults(body: string, faults: Faults): Reply {
  try {
    faults.set(JSON.parse(body));
    return jsonReply(200, faults.settings);
  } catch (error) {
    if (error instanceof z.ZodError) {
      return jsonReply(400, {
        message: 'The faults are not valid.',
        problems: z.flattenError(error),
      });
    }
    if (error instanceof SyntaxError) return jsonReply(400, { message: 'The body is not JSON.' });
    throw error;
  }
}

const wrongMethod = (allowed: string): Reply => ({
  ...jsonReply(405, { message: `Use ${allowed}.` }),
  headers: { 'Content-Type': 'application/json; charset=utf-8', Allow: allowed },
});
