import { type Mistake, mistakesOf } from '@trafficinator/contract';
import type { z } from 'zod';
import { PluginMistake } from './limits.ts';
import * as readers from './readers.ts';
import * as schemas from './schemas.ts';

/** Something that plugins say: a reader that is quick, and a schema that knows what is wrong. */
interface Words<T> {
  readonly read: (said: unknown) => T | undefined;
  readonly schema: z.ZodType<T>;
}

const words = <T>(read: Words<T>['read'], schema: Words<T>['schema']): Words<T> => ({
  read,
  schema,
});

/** An address as somebody writes it. */
export const address = words<string>((said) => readers.readLine(said), schemas.address);
export const page = words(readers.readPage, schemas.page);
export const product = words(readers.readProduct, schemas.product);
export const search = words(readers.readSearch, schemas.search);
export const event = words(readers.readEvent, schemas.event);
export const content = words(readers.readContent, schemas.content);
export const lines = words(readers.readLines, schemas.lines);
export const orderFacts = words(readers.readOrderFacts, schemas.orderFacts);
export const goal = words(readers.readGoal, schemas.goal);
export const dimension = words(readers.readDimension, schemas.dimension);

/** What a plugin said, read; throws a PluginMistake that tells what is wrong with it. */
export function heard<T>(what: string, { read, schema }: Words<T>, said: unknown): T {
  return read(said) ?? parsed(what, schema, said);
}

/** What a plugin said, parsed by a schema; throws a PluginMistake that tells what is wrong with it. */
export function parsed<T extends z.ZodType>(what: string, schema: T, said: unknown): z.output<T> {
  const result = schema.safeParse(said);
  if (result.success) return result.data;
  const [first] = mistakesOf(result.error, said);
  throw new PluginMistake(`${what}${sentence(first)}`);
}

function sentence(mistake: Mistake | undefined): string {
  if (mistake === undefined) return ' is not right';
  const { path, text } = mistake;
  return path.length === 0 ? ` ${text}` : `: ${path.map(String).join('.')} ${text}`;
}
