/**
 * How one setting is written down. Everything else that knows about settings (env parsing, schemas,
 * the form, the generated tables) is derived from these definitions.
 */

/** Groups of the form and of the generated tables, in their order. */
export const groups = [
  'target',
  'traffic',
  'channels',
  'visits',
  'actions',
  'journeys',
  'ecommerce',
  'limits',
  'delivery',
  'backfill',
  'runtime',
] as const;
export type Group = (typeof groups)[number];

/** What the groups are about, as headings. */
export const groupLabels: Readonly<Record<Group, string>> = {
  target: 'Where the hits go',
  traffic: 'How much traffic, when, by whom',
  channels: 'Where visits come from',
  visits: 'What a visit looks like',
  actions: 'What visitors do',
  journeys: 'Ways through the site',
  ecommerce: 'Orders',
  limits: 'Caps and limits',
  delivery: 'How hits are sent',
  backfill: 'Into the past',
  runtime: 'The process',
};

interface Common {
  readonly label: string;
  /** One or two sentences for a person: what it does and what its values mean. */
  readonly help: string;
  /** The setting makes sense only while another one has one of these values. */
  readonly shown_when?: { readonly setting: string; readonly is: readonly unknown[] };
  /** Environment names that older files use for the same thing. */
  readonly aliases?: readonly string[];
}

interface Ranged extends Common {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

export interface NumberSetting<T> extends Omit<Ranged, 'default'> {
  readonly kind: 'integer' | 'number';
  readonly default: T;
  readonly optional: boolean;
}
export interface BooleanSetting extends Common {
  readonly kind: 'boolean';
  readonly default: boolean;
}
export interface ChoiceSetting<V extends string> extends Common {
  readonly kind: 'choice';
  readonly values: readonly V[];
  readonly default: V;
  /** Other spellings of a value, in upper case, as other programs call it. */
  readonly synonyms?: Readonly<Record<string, V>>;
}
/** `format` says what the text must be; rules over its content are in `rules/`. */
export interface TextSetting<T> extends Common {
  readonly kind: 'text';
  readonly format:
    | 'plain'
    | 'url'
    | 'path'
    | 'zone'
    | 'currency'
    | 'date'
    | 'instant'
    | 'shard'
    | 'targets'
    | 'campaigns'
    | 'days'
    | 'return_days'
    | 'weights'
    | 'secret';
  readonly default: T;
}
export interface NumberListSetting extends Common {
  readonly kind: 'number_list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** Relative weights by name. */
export type Weights = Readonly<Record<string, number>>;

/** Names with weights: `search:60,social:20` as a text, `{"search": 60, "social": 20}` in JSON. */
export interface WeightedListSetting<T> extends Common {
  readonly kind: 'weighted_list';
  readonly default: T;
  readonly optional: boolean;
  /** The names there are, in lower case; any case is understood. */
  readonly names: readonly string[];
  /** Other names that people use, in lower case. */
  readonly synonyms?: Readonly<Record<string, string>>;
  /** What a name that is left out weighs; 0 when this is missing. */
  readonly others?: number;
  /** Names that people look for here, with the setting that has them. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** How people write the names. */
  readonly shown?: 'lower' | 'upper';
  /** The weights are shares: together 1 at most, and what is left over belongs to nobody. */
  readonly shares?: true;
}

export type Setting =
  | NumberSetting<number>
  | NumberSetting<number | null>
  | BooleanSetting
  | ChoiceSetting<string>
  | TextSetting<string>
  | TextSetting<string | null>
  | NumberListSetting
  | WeightedListSetting<Weights>
  | WeightedListSetting<Weights | null>;

/** The value type that a definition stands for. */
export type ValueOf<S> = S extends {
  readonly kind: 'choice';
  readonly values: readonly (infer V)[];
}
  ? V
  : S extends NumberSetting<infer T>
    ? T
    : S extends TextSetting<infer T>
      ? T
      : S extends BooleanSetting
        ? boolean
        : S extends NumberListSetting
          ? readonly number[]
          : S extends WeightedListSetting<infer T>
            ? T
            : never;

export const integer = (s: Ranged): NumberSetting<number> => ({
  ...s,
  kind: 'integer',
  optional: false,
});
export const number = (s: Ranged): NumberSetting<number> => ({
  ...s,
  kind: 'number',
  optional: false,
});
/** A number that may be unset (null). */
export const optionalInteger = (s: Omit<Ranged, 'default'>): NumberSetting<number | null> => ({
  ...s,
  kind: 'integer',
  optional: true,
  default: null,
});
export const optionalNumber = (s: Omit<Ranged, 'default'>): NumberSetting<number | null> => ({
  ...s,
  kind: 'number',
  optional: true,
  default: null,
});
export const boolean = (s: Common & { readonly default: boolean }): BooleanSetting => ({
  ...s,
  kind: 'boolean',
});
export const choice = <const V extends string>(
  s: Common & {
    readonly values: readonly V[];
    readonly default: NoInfer<V>;
    readonly synonyms?: Readonly<Record<string, NoInfer<V>>>;
  },
): ChoiceSetting<V> => ({ ...s, kind: 'choice' });
export const text = (
  s: Common & { readonly format: TextSetting<string>['format']; readonly default: string },
): TextSetting<string> => ({ ...s, kind: 'text' });
/** A text that may be unset (null). */
export const optionalText = (
  s: Common & { readonly format: TextSetting<string>['format'] },
): TextSetting<string | null> => ({ ...s, kind: 'text', default: null });
export const numberList = (s: Omit<NumberListSetting, 'kind'>): NumberListSetting => ({
  ...s,
  kind: 'number_list',
});
export const weightedList = (
  s: Omit<WeightedListSetting<Weights>, 'kind' | 'optional'>,
): WeightedListSetting<Weights> => ({ ...s, kind: 'weighted_list', optional: false });
/** Weights that may be unset (null). */
export const optionalWeightedList = (
  s: Omit<WeightedListSetting<Weights>, 'kind' | 'optional' | 'default'>,
): WeightedListSetting<Weights | null> => ({
  ...s,
  kind: 'weighted_list',
  optional: true,
  default: null,
});
