/**
 * What the service keeps. All methods are asynchronous: the database works in a thread of its own, so that a
 * slow disk never stops the service from answering. Every write is durable when its promise resolves.
 * Times are UTC, `2026-05-01T12:00:00.000Z`; ids are the store's own.
 */

/** A row that can be edited: `version` counts its edits from 1 and becomes the ETag. */
export interface Kept {
  readonly id: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export type StoreProblem =
  | 'not_found'
  /** Another row has this name. */
  | 'name_taken'
  /** The row was edited since: `version` is not the current one. */
  | 'edited_meanwhile'
  /** The disk is full, the file is damaged or locked. */
  | 'store_unusable';

export class StoreError extends Error {
  readonly code: StoreProblem;

  constructor(code: StoreProblem, message: string) {
    super(message);
    this.code = code;
  }
}

/** Newest first; `cursor` is what the page before gave as `next`, null for the first. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | null;
}
export interface Page<T> {
  readonly items: readonly T[];
  /** null: this was the last page. */
  readonly next: string | null;
  readonly total: number;
}
