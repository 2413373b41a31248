import type { Setting } from '@trafficinator/contract';
import type { settingsAnswer } from '@trafficinator/contract/rest';
import type { z } from 'zod';

/** A setting as the service describes it. */
export type Described = Setting & {
  readonly name: string;
  readonly variable: string;
  /** In words: `1 to 100 pages`. */
  readonly allowed: string;
  readonly secret: boolean;
};

/** The list that makes the form, as the contract writes settings down. */
export const described = (
  list: z.output<typeof settingsAnswer>['list'],
): Readonly<Record<string, Described>> => list as unknown as Readonly<Record<string, Described>>;
