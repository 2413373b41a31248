import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.ts';

/** What anybody has to say is nested less; much deeper and programs run out of stack. */
const deepest = 64;

/** JSON is the only body there is: not too deep, and without names that reach into every object. */
export function jsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Many clients say JSON of a body that they do not send.
    if (body === '') return done(null, undefined);
    if (isDeeper(body as string, deepest)) {
      done(
        new Refusal('request_unreadable', {
          message: `The body is nested deeper than ${deepest} levels.`,
          remedy: 'Send a flatter one.',
        }),
      );
      return;
    }
    parse(request, body as string, done);
  });
}

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Whether brackets outside of strings are nested deeper than that; reads the text once, without recursion. */
export function isDeeper(json: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (inString) {
      if (code === backslash) at += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    else if (opening.has(code)) {
      depth += 1;
      if (depth > levels) return true;
    } else if (closing.has(code)) depth -= 1;
  }
  return false;
}
