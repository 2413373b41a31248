import type { PlanSummary, Settings } from '@trafficinator/contract';
import type { Material } from '../plan/material/material.ts';
import type { Visit } from '../plan/visit.ts';

export type Section = PlanSummary['sections'][number];
export type Row = Section['rows'][number];

/** Counts one thing over all planned visits. */
export interface Dimension {
  see(visit: Visit): void;
  /** What came out; nothing where the plan has nothing of the kind. */
  sections(): readonly Section[];
}

/** What a plan was made of, as far as it says what was asked for. */
export interface Subject {
  readonly settings: Settings;
  readonly material: Material;
}

export type NewDimension = (subject: Subject) => Dimension;

/** What Matomo shall record. */
export const isOrdinary = (visit: Visit): boolean => visit.negative === undefined;

/** A visitor's first visit. Country and device are drawn once a visitor: later visits repeat them. */
export const isFirst = (visit: Visit): boolean => !visit.visitor.came_before;

/** Whether a visitor does as the settings say from beginning to end: neither a funnel nor a journey tells what to do. */
export const isFree = (visit: Visit): boolean =>
  isOrdinary(visit) && visit.funnel === undefined && visit.journey === undefined;
