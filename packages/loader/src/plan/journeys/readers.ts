import type {
  ContentWords,
  DimensionWords,
  EventWords,
  GoalWords,
  LineWords,
  OrderWords,
  PageWords,
  ProductWords,
  SearchWords,
} from './schemas.ts';
import { longestText, mostMoney_minor } from './schemas.ts';

/**
 * The schemas of what plugins say once more, read by hand: a visit says ten things and more, and a schema
 * takes some microseconds over them. Undefined where a schema would find something wrong; what a
 * reader gives is what the schema gives (`readers.test.ts`).
 */

type Read<T> = (said: unknown) => T | undefined;
type Fields = Readonly<Record<string, unknown>>;

const isObject = (said: unknown): said is Fields =>
  typeof said === 'object' && said !== null && !Array.isArray(said);

/** Control characters, and halves of characters beyond U+FFFF. */
const unfit = /[\p{Cc}\p{Cs}]/u;

export function readLine(said: unknown, longest = longestText): string | undefined {
  if (typeof said !== 'string') return undefined;
  const text = said.trim();
  return text.length === 0 || text.length > longest || unfit.test(text) ? undefined : text;
}

function readWord(said: unknown, longest?: number): string | undefined {
  const text = readLine(said, longest);
  return text === '0' ? undefined : text;
}

/** What may be missing; null then. */
const maybe = <T>(said: unknown, read: Read<T>): T | null | undefined =>
  said === undefined || said === null ? null : read(said);

const within = (said: unknown, least: number, most: number): number | undefined =>
  typeof said === 'number' && said >= least && said <= most ? said : undefined;

const readWhole = (said: unknown, least: number, most: number): number | undefined =>
  Number.isInteger(said) ? within(said, least, most) : undefined;

const readMoney: Read<number> = (said) => readWhole(said, 0, mostMoney_minor);
const readValue: Read<number> = (said) => within(said, -1e9, 1e9);
const readResults: Read<number> = (said) => readWhole(said, 0, 1_000_000);
const readText: Read<string> = (said) => readLine(said);
const readCategory: Read<string> = (said) => readLine(said, 200);

export function readPage(said: unknown): PageWords | undefined {
  if (!isObject(said)) return undefined;
  const url = readLine(said.url);
  const title = readLine(said.title);
  return url === undefined || title === undefined ? undefined : { url, title };
}

export function readProduct(said: unknown): ProductWords | undefined {
  if (!isObject(said)) return undefined;
  const sku = readWord(said.sku, 100);
  const name = readLine(said.name, 255);
  const category = readLine(said.category, 255);
  const price_minor = readMoney(said.price_minor);
  if (sku === undefined || name === undefined) return undefined;
  return category === undefined || price_minor === undefined
    ? undefined
    : { sku, name, category, price_minor };
}

export function readSearch(said: unknown): SearchWords | undefined {
  if (!isObject(said)) return undefined;
  const keyword = readWord(said.keyword);
  const category = maybe(said.category, readCategory);
  const results = maybe(said.results, readResults);
  return keyword === undefined || category === undefined || results === undefined
    ? undefined
    : { keyword, category, results };
}

export function readEvent(said: unknown): EventWords | undefined {
  if (!isObject(said)) return undefined;
  const category = readWord(said.category);
  const action = readWord(said.action);
  const name = maybe(said.name, readText);
  const value = maybe(said.value, readValue);
  if (category === undefined || action === undefined) return undefined;
  return name === undefined || value === undefined ? undefined : { category, action, name, value };
}

export function readContent(said: unknown): ContentWords | undefined {
  if (!isObject(said)) return undefined;
  const name = readWord(said.name);
  const piece = maybe(said.piece, readText);
  const target = maybe(said.target, readText);
  const interaction = maybe<string>(said.interaction, readWord);
  if (name === undefined || piece === undefined) return undefined;
  return target === undefined || interaction === undefined
    ? undefined
    : { name, piece, target, interaction };
}

export function readLines(said: unknown): LineWords[] | undefined {
  if (!Array.isArray(said) || said.length === 0 || said.length > 100) return undefined;
  const lines: LineWords[] = [];
  for (const each of said as readonly unknown[]) {
    if (!isObject(each)) return undefined;
    const product = readProduct(each.product);
    const quantity = each.quantity === undefined ? 1 : readWhole(each.quantity, 1, 1_000);
    const price_minor = each.price_minor === undefined ? null : readMoney(each.price_minor);
    if (product === undefined || quantity === undefined || price_minor === undefined) {
      return undefined;
    }
    lines.push(price_minor === null ? { product, quantity } : { product, quantity, price_minor });
  }
  return lines;
}

export function readOrderFacts(said: unknown): OrderWords | undefined {
  if (!isObject(said)) return undefined;
  const { tax_minor, shipping_minor, discount_minor } = said;
  for (const amount of [tax_minor, shipping_minor, discount_minor]) {
    if (amount !== undefined && readMoney(amount) === undefined) return undefined;
  }
  return { tax_minor, shipping_minor, discount_minor } as OrderWords;
}

export function readGoal(said: unknown): GoalWords | undefined {
  if (!isObject(said)) return undefined;
  const goal = readWhole(said.goal, 1, 2_147_483_647);
  const revenue_minor = maybe(said.revenue_minor, readMoney);
  return goal === undefined || revenue_minor === undefined ? undefined : { goal, revenue_minor };
}

export function readDimension(said: unknown): DimensionWords | undefined {
  if (!isObject(said)) return undefined;
  const id = readWhole(said.id, 1, 999);
  const value = said.value === null ? null : readLine(said.value, 250);
  return id === undefined || value === undefined ? undefined : { id, value };
}
