export { type BackfillPlan, backfillPlan } from './backfill-plan.ts';
export { type BackfillReport, backfillReport, missedOutcomes } from './backfill-report.ts';
export { type BackfillStatus, backfillStatus } from './backfill-status.ts';
export { type BackfillWindow, backfillWindow } from './backfill-window.ts';
export { burstOn, hasBursts } from './bursts.ts';
export { addDays, calendarDate, daysBetween } from './calendar-date.ts';
export { type Campaign, campaignsOf, campaignsSchema } from './campaigns.ts';
export { isComplaint } from './complaint.ts';
export {
  type CalendarSettings,
  type DayLevels,
  dayLevels,
  type PeakDay,
  peakDay,
  peakVisitsPerDay,
} from './day-levels.ts';
export { cleanText, valueOfText } from './env.ts';
export { type EnvFileEntry, parseEnvFile } from './env-file.ts';
export { composeText, envText, textOfValue } from './env-text.ts';
export {
  type CustomEvent,
  type EventsFile,
  eventLists,
  eventsSchema,
  readEvents,
} from './events-file.ts';
export { type ExitReason, exitCodes } from './exit-codes.ts';
export { type Mistake, mistakesOf } from './file-mistake.ts';
export { realisedShares } from './funnel-shares.ts';
export { type FunnelStep, type FunnelStepOf, stepTypes } from './funnel-step.ts';
export { type Funnel, funnelSchema } from './funnels.ts';
export { type FunnelsFile, readFunnels } from './funnels-file.ts';
export { journeyName, journeyWeightsOf } from './journeys.ts';
export { type FileJourney, type JourneysFile, readJourneys } from './journeys-file.ts';
export type { Layer, ReadFile } from './layers.ts';
export { maskedSettings, type SettingRow, settingsTable, valueText } from './mask.ts';
export { canBeFile, isSecret, settingsFileVariable, variableNames } from './names.ts';
export { type PlanSummary, planSummary } from './plan-summary.ts';
export {
  bySeverity,
  exitCodeOf,
  formatProblem,
  type Problem,
  type ProblemParts,
  problem,
} from './problem.ts';
export { type ProblemCode, problemTable, type Severity } from './problem-table.ts';
export { allowedValues } from './range.ts';
export { type ReadSettings, readSettings, type SettingsSources } from './read.ts';
export { type ReconcileReport, reconcileReport } from './reconcile-report.ts';
export { type ReturnDays, returnDaysOf } from './return-days.ts';
export type { Purpose } from './rules/rule.ts';
export {
  type FunnelNumbers,
  funnelNumbers,
  type JourneyNumbers,
  journeyNumbers,
  type Outcome,
  outcomes,
  type PluginNumbers,
  type TargetNumbers,
} from './run-numbers.ts';
export { settingSchemas } from './schema.ts';
export { type NegativeKind, negativeKinds, searchEngines } from './settings/channels.ts';
export { countryCodes } from './settings/country-codes.ts';
export { type Group, groupLabels, groups, type Setting, type Weights } from './settings/define.ts';
export {
  defaultSettings,
  envNameOf,
  type SettingName,
  type Settings,
  settingGroups,
  settingList,
} from './settings/list.ts';
export { inShard, rateOf, type Shard, shardOf, shareOf } from './shard.ts';
export { isShownWith } from './shown-when.ts';
export {
  type BreakerState,
  breakerStates,
  type RunState,
  runStates,
  type StatusSnapshot,
  statusSnapshot,
} from './status.ts';
export { type RunSummary, runSummary } from './summary.ts';
export {
  type Target,
  type TargetFeatures,
  type TargetList,
  type TargetStrategy,
  targetEntries,
  targetStrategies,
  targetsOf,
} from './targets.ts';
export { trackerUrl } from './tracker-url.ts';
export { findTrap } from './urls/query-traps.ts';
export { slugOf, titleFromPath } from './urls/slug.ts';
export { type ListedPage, parseUrlsFile, type UrlsFile } from './urls/urls-file.ts';
export { weightsText } from './weights.ts';
