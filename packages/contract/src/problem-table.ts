import type { ExitReason } from './exit-codes.ts';

/** error: the run cannot start. warning: it can, but probably not as meant. notice: good to know. */
export type Severity = 'error' | 'warning' | 'notice';

interface ProblemKind {
  /** How severe it usually is; a place that knows better may say otherwise. */
  readonly severity: Severity;
  /** Answer of the REST API when this stops a request. */
  readonly http_status: number;
  /** Exit of the loader when this stops a run; null when it never does. */
  readonly exit: ExitReason | null;
}

const invalid = { severity: 'error', http_status: 400, exit: 'settings_invalid' } as const;
const warning = { severity: 'warning', http_status: 200, exit: null } as const;
const notice = { severity: 'notice', http_status: 200, exit: null } as const;
const unusable = { severity: 'error', http_status: 502, exit: 'target_unusable' } as const;
const busy = { severity: 'error', http_status: 409, exit: 'settings_invalid' } as const;

/** Every code that a problem can have. Codes are stable: programs match on them. */
export const problemTable = {
  // One setting's text or value.
  setting_not_a_number: invalid,
  setting_not_whole: invalid,
  setting_not_a_boolean: invalid,
  setting_not_a_choice: invalid,
  setting_not_a_text: invalid,
  setting_not_a_list: invalid,
  setting_out_of_range: invalid,
  setting_too_long: invalid,
  setting_has_control_characters: invalid,
  setting_not_expanded: invalid,
  url_invalid: invalid,
  url_has_credentials: invalid,
  url_has_query: invalid,
  zone_unknown: invalid,
  currency_unknown: invalid,
  // Names of settings, and the files they come from.
  setting_misspelt: invalid,
  setting_unknown: warning,
  setting_unused_here: notice,
  setting_older_name: notice,
  setting_given_twice: invalid,
  set_malformed: invalid,
  env_file_unusable: invalid,
  env_file_malformed: invalid,
  env_file_duplicate: warning,
  settings_file_unusable: invalid,
  token_file_unusable: invalid,
  date_invalid: invalid,
  list_name_twice: invalid,
  list_all_zero: invalid,
  campaigns_malformed: invalid,
  return_days_invalid: invalid,
  journeys_malformed: invalid,
  targets_malformed: invalid,
  targets_contradict: invalid,
  // Settings that do not fit together.
  backfill_window_missing: invalid,
  backfill_window_twice: invalid,
  backfill_window_incomplete: invalid,
  backfill_window_reversed: invalid,
  backfill_window_in_future: invalid,
  backfill_window_too_long: invalid,
  backfill_window_too_old: invalid,
  backfill_window_long: warning,
  backfill_caps_contradict: invalid,
  backfill_weekdays_invalid: invalid,
  backfill_needs_token: invalid,
  target_missing: invalid,
  target_is_placeholder: warning,
  min_above_max: invalid,
  shape_table_invalid: invalid,
  day_list_malformed: invalid,
  growth_twice: invalid,
  visits_always_split: invalid,
  visits_may_split: warning,
  share_unreachable: warning,
  channel_unused: warning,
  location_unused: warning,
  nothing_recorded: warning,
  order_value_unreachable: invalid,
  shipping_above_order_value: warning,
  concurrency_too_small: warning,
  connections_too_few: warning,
  target_very_high: warning,
  bulk_not_in_realtime: warning,
  cap_never_reached: notice,
  no_end: notice,
  no_token_degraded: warning,
  no_token_hits_too_old: warning,
  token_over_plain_http: warning,
  tls_not_verified: warning,
  tls_ca_unused: warning,
  waits_for_signal: notice,
  // Found out while starting or running.
  target_unreachable: unusable,
  target_not_a_tracker: unusable,
  target_refuses: unusable,
  token_refused: unusable,
  site_unknown: unusable,
  // Found out by asking the target: the run can start, but perhaps not as meant.
  site_differs: warning,
  site_feature_off: warning,
  site_excludes_urls: warning,
  clock_differs: warning,
  site_not_checked: notice,
  probe_not_recorded: warning,
  probe_not_looked_up: notice,
  tracker_debugs: unusable,
  old_hits_refused: unusable,
  plugin_off: warning,
  plugin_interferes: warning,
  tls_ca_unusable: invalid,
  urls_file_unusable: invalid,
  urls_file_repeats: notice,
  funnels_unusable: invalid,
  funnel_shares: warning,
  funnel_splits_visit: warning,
  funnel_field_ignored: warning,
  funnel_address_relative: warning,
  funnel_address_misread: warning,
  events_unusable: invalid,
  events_list_empty: warning,
  events_share_from_file: notice,
  events_share_not_used: warning,
  journeys_file_unusable: invalid,
  journey_unknown: invalid,
  journeys_unused: warning,
  plugin_unusable: invalid,
  plugins_missing: warning,
  plugin_faulty: warning,
  plugin_slow: warning,
  plugin_not_reproducible: warning,
  start_signal_unusable: invalid,
  state_locked: busy,
  state_unusable: invalid,
  state_of_other_settings: busy,
  probe_not_possible: unusable,
  tracking_off: unusable,
  token_lacks_rights: unusable,
  status_port_in_use: busy,
  // Comparing what was delivered with Matomo's reports.
  nothing_to_reconcile: invalid,
  reports_not_readable: unusable,
  junit_file_unusable: invalid,
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemTable;
