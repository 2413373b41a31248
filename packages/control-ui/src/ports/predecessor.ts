/** A preset as the program before this one kept it. */
export interface PredecessorPreset {
  readonly name: string;
  readonly description: string | null;
  /** JSON of any form: it was never checked. */
  readonly config_json: string;
  /** UTC, without saying so. */
  readonly created_at: string | null;
  readonly updated_at: string | null;
}
export interface PredecessorFunnel extends PredecessorPreset {
  readonly probability: number | null;
  readonly priority: number | null;
  readonly enabled: number | null;
}

/** What the program before this one kept. */
export interface Predecessor {
  readonly presets: readonly PredecessorPreset[];
  readonly funnels: readonly PredecessorFunnel[];
  /** Texts of the files beside its database; null: there is none. */
  readonly urls: string | null;
  readonly events: string | null;
}
