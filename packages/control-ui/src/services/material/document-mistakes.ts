import type { Problem } from '@trafficinator/contract';
import type { DocumentBody } from '@trafficinator/contract/rest';
import { Refusal } from '../../refusal.ts';

const mostTold = 100;

/** The text of a document that a body holds, and where its fields lie in the body. */
export function textOf(body: DocumentBody): { readonly text: string; readonly root: string } {
  const { content, config } = body;
  if ((content === undefined) === (config === undefined)) {
    throw new Refusal('request_invalid', {
      message: 'The body has not exactly one of content and config.',
      remedy: 'Send the text of the file as content, or its JSON value as config.',
    });
  }
  if (content !== undefined) return { text: content, root: '/content' };
  return { text: `${JSON.stringify(config, null, 2)}\n`, root: '/config' };
}

/** Refuses because of the errors among the problems of a file. */
export function documentRefusal(
  found: readonly Problem[],
  root: string,
  message = 'The file cannot be used; nothing was changed.',
): Refusal {
  const errors = found.filter(({ severity }) => severity === 'error');
  return new Refusal('request_invalid', {
    message,
    remedy: 'Mend what errors lists.',
    errors: errors.slice(0, mostTold).map((each) => {
      const [setting = '', place = null] = each.fields;
      const field = place?.startsWith(`${setting}.`) ? place.slice(setting.length + 1) : place;
      const inside = root === '/content' || field === null;
      return {
        pointer: inside ? root : `${root}/${field.replaceAll('.', '/')}`,
        field,
        code: each.code,
        severity: each.severity,
        message: each.message,
        remedy: each.remedy,
      };
    }),
  });
}
