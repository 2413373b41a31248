import { campaignsOf, type Problem, readJourneys } from '@trafficinator/contract';
import type { DocumentKind } from '../../ports/store/material.ts';

/** Judges the text of a file by the loader's own rules. */
export type Validator = (text: string) => readonly Problem[];

/** Files that are kept as they are written and nothing more: a line here gives a kind its address. */
export const validators = {
  journeys: (text) => readJourneys(text, 'journeys.json').problems,
  campaigns: (text) => campaignsOf({ campaigns: text }).problems,
} as const satisfies Partial<Record<DocumentKind, Validator>>;
