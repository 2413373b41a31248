import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const list = fileURLToPath(new URL('../../web/src/app/views.ts', import.meta.url));

/**
 * The names of all views, in the order of the navigation. They are read from the text of the list, because its
 * components cannot be loaded outside a browser. @throws Error when the list is not written as it was.
 */
export function viewNames(): string[] {
  const names = [...readFileSync(list, 'utf8').matchAll(/^ {4}name: '([a-z-]+)',$/gm)];
  if (names.length === 0) throw new Error(`${list} has no views in the form that is read here.`);
  return names.map(([, name]) => name as string);
}
