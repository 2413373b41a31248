import type { CustomEvent } from '@trafficinator/contract';

/** What loaders use where there is no file of one's own: shown, and the ground for edits. */
export interface BuiltInMaterial {
  /** Text of a URL file. */
  urls(): Promise<string>;
  events(): Promise<{
    readonly click_events: readonly CustomEvent[];
    readonly random_events: readonly CustomEvent[];
  }>;
}
