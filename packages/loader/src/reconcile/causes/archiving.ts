import { figure } from '../figures.ts';
import { archiveCommand, type Cause, type Evidence, type Rule } from './cause.ts';

/** The report stands as it stood before the backfill: not made anew, or there is nothing to make it from. */
export const notArchived: Rule = async (evidence, open) => {
  const { day, log } = evidence;
  const untouched = ['visits', 'actions'].every(
    (name) => figure(day.recorded, name) === figure(day.baseline, name),
  );
  if (!untouched || !open.has('visits')) return [];
  const { looked_for, found } = await log.sample();
  if (looked_for === 0) return [];
  const explains = [...open];
  return [
    found > 0 ? reportsAreOld(evidence, explains) : nothingThere(evidence, explains, looked_for),
  ];
};

const reportsAreOld = (evidence: Evidence, explains: readonly string[]): Cause => ({
  code: 'not_archived',
  label: 'not archived',
  text: `The visits are in the visitor log, but the reports were not made since: archiving has not run. Run ${archiveCommand(evidence)} on the Matomo server, then reconcile again.`,
  explains,
});

const nothingThere = (
  { site }: Evidence,
  explains: readonly string[],
  looked_for: number,
): Cause => ({
  code: 'not_recorded',
  label: 'nothing recorded',
  text: `Neither the reports nor the visitor log have anything of this day: none of ${looked_for} visits that were looked up is there. Either all of them are excluded at “${site.name}” (addresses, user agents, unknown URLs, spam protection), or their raw data was deleted: look at Administration, Privacy, Anonymise data, “Delete old raw data”.`,
  explains,
});

const ofSegments = ['new_visits', 'returning_visits', 'returning_actions'];

/** New and returning visits are segments, which Matomo archives apart from the rest. */
export const segmentsNotArchived: Rule = (evidence, open) => {
  if (open.size === 0 || [...open].some((name) => !ofSegments.includes(name))) return [];
  return [
    {
      code: 'segments_not_archived',
      label: 'segment not archived',
      text: `Only new and returning visits differ. They are segments, which Matomo archives apart from the rest: run ${archiveCommand(evidence)}, then reconcile again.`,
      explains: [...open],
    },
  ];
};
