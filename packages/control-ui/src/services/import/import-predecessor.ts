import { isDeepStrictEqual } from 'node:util';
import { readEvents } from '@trafficinator/contract';
import type { Predecessor, PredecessorPreset } from '../../ports/predecessor.ts';
import type { Kept } from '../../ports/store/kept.ts';
import type { DocumentKind, Rows } from '../../ports/store/material.ts';
import type { Store } from '../../ports/store/store.ts';
import { freeName, givenName } from '../names.ts';
import { funnelOf } from './funnel.ts';
import { type Imported, timesOf } from './imported.ts';
import { presetRowOf } from './preset.ts';

/**
 * Brings what the predecessor kept into the store: presets, funnels, the list of pages and the events. What
 * cannot be used is refused by itself and told; the rest comes. Importing the same again changes nothing; a name
 * that is taken by something else gets ` (imported)`. @throws StoreError
 */
export async function importPredecessor(
  store: Pick<Store, 'presets' | 'funnels' | 'documents'>,
  old: Predecessor,
): Promise<readonly Imported[]> {
  const all: Imported[] = [];
  for (const row of old.presets) {
    all.push(await bring('preset', store.presets, row, presetRowOf(row)));
  }
  for (const row of old.funnels) {
    all.push(await bring('funnel', store.funnels, row, funnelOf(row)));
  }
  if (old.urls !== null) all.push(await bringFile(store, 'urls', old.urls, urlMistakes(old.urls)));
  if (old.events !== null) {
    const mistakes = readEvents(old.events, 'events.json')
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);
    all.push(await bringFile(store, 'events', old.events, mistakes));
  }
  return all;
}

type Row = Kept & { readonly name: string };
type Given<T extends Row> = Omit<T, keyof Kept>;

/** A row of the predecessor as it is kept here, without its name; null: it cannot be used. */
export interface Brought<T extends Row> {
  readonly row: Omit<Given<T>, 'name'> | null;
  readonly notes: readonly string[];
}

async function bring<T extends Row>(
  kind: 'preset' | 'funnel',
  rows: Rows<T>,
  old: PredecessorPreset,
  { row, notes }: Brought<T>,
): Promise<Imported> {
  const name = givenName.safeParse(old.name);
  if (!name.success || row === null) {
    const why = name.success ? [] : ['Its name is empty, too long or has control characters.'];
    return { kind, name: old.name, outcome: 'refused', as: null, notes: [...why, ...notes] };
  }
  const wanted = (as: string) => ({ ...row, name: as }) as unknown as Given<T>;
  const kept = await rows.all();
  const named = kept.filter((each) => isVersionOf(each.name, name.data));
  const same = named.find((each) => isSame(each, wanted(each.name)));
  if (same !== undefined) {
    return { kind, name: old.name, outcome: 'kept_already', as: same.name, notes };
  }
  const taken = (candidate: string) => kept.some((each) => each.name === candidate);
  const as = taken(name.data) ? freeName(name.data, 'imported', taken) : name.data;
  await rows.create(wanted(as), timesOf(old));
  return { kind, name: old.name, outcome: 'imported', as, notes };
}

/** The name itself, or what an earlier import made of it (a long name was cut then). */
function isVersionOf(name: string, original: string): boolean {
  const [mark] = / \(imported( \d+)?\)$/.exec(name) ?? [''];
  const begin = name.slice(0, name.length - mark.length);
  return begin === original || (mark !== '' && begin.length > 80 && original.startsWith(begin));
}

/** As JSON would keep both; a funnel holds its own name once more. */
function isSame(kept: Row, wanted: object): boolean {
  const plain = JSON.parse(JSON.stringify(wanted)) as Record<string, unknown>;
  const { funnel } = plain;
  if (typeof funnel === 'object') plain.funnel = { ...funnel, name: plain.name };
  const here = kept as unknown as Record<string, unknown>;
  return Object.entries(plain).every(([key, value]) => isDeepStrictEqual(here[key], value));
}

async function bringFile(
  { documents }: Pick<Store, 'documents'>,
  kind: DocumentKind & Imported['kind'],
  content: string,
  mistakes: readonly string[],
): Promise<Imported> {
  const name = kind === 'urls' ? 'urls.txt' : 'events.json';
  if (mistakes.length > 0) return { kind, name, outcome: 'refused', as: null, notes: mistakes };
  const kept = await documents.get(kind);
  if (kept?.content === content)
    return { kind, name, outcome: 'kept_already', as: name, notes: [] };
  if (kept !== null) {
    const notes = [
      'There is one here already; remove it first if the old one is to take its place.',
    ];
    return { kind, name, outcome: 'refused', as: null, notes };
  }
  await documents.put(kind, content, null);
  return { kind, name, outcome: 'imported', as: name, notes: [] };
}

const mostUrls_bytes = 20 * 1024 * 1024;

/** What keeps a list from being kept; the loader's check finds mistakes of single lines. */
function urlMistakes(content: string): readonly string[] {
  if (Buffer.byteLength(content) > mostUrls_bytes) return ['It is larger than 20 MiB.'];
  if (!/^\s*https?:\/\/\S/im.test(content)) return ['It has no line that begins with an address.'];
  return [];
}
