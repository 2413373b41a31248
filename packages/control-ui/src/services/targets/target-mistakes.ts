import type { Problem } from '@trafficinator/contract';
import { Refusal } from '../../refusal.ts';

/** Mistakes of a list of targets as those of a request: the list lies at `/targets`, or one target is the body. */
export function targetMistakes(
  errors: readonly Problem[],
  root: string | { readonly position: number },
): Refusal {
  return new Refusal('request_invalid', {
    message: 'The targets cannot be used so; nothing was changed.',
    remedy: 'Mend what errors lists.',
    errors: errors.slice(0, 100).map(({ fields, code, severity, message, remedy }) => {
      const [, position, ...path] = (fields[1] ?? '').split('.');
      const field = path.length === 0 ? null : path.join('.');
      const whole = position === undefined ? '/targets' : ['/targets', position, ...path].join('/');
      const alone = typeof root !== 'string' && String(root.position) === position;
      const pointer = typeof root === 'string' ? whole : alone ? ['', ...path].join('/') : '';
      return { pointer, field, code, severity, message, remedy };
    }),
  });
}
