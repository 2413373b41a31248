import type { FleetStatus } from '@trafficinator/contract/rest';
import { drainOf, targetsText, visitsText } from '../../app/loader-acts.ts';
import { count, rate } from '../../format/numbers.ts';
import { momentThere, timeThere } from '../../format/site-times.ts';
import { spanOf, timeOf } from '../../format/times.ts';
import { siteZone } from '../../parts/site-zone.tsx';
import { stateWords } from '../../parts/states.ts';

/** The state in a few words: `Paused at the daily cap`. */
export function wordOf(fleet: FleetStatus): string {
  const capped = fleet.today !== null && fleet.today.cap > 0 && fleet.resumes_at !== null;
  if (fleet.state === 'paused' && capped) return 'Paused at the daily cap';
  if (fleet.state === 'unreachable') return 'Loader not reachable';
  return stateWords[fleet.state];
}

/** What is going on, since when, and what comes next. `why`: why the last run ended. */
export function sentenceOf(fleet: FleetStatus, now: number, why: string | null): string {
  const since = momentThere(fleet.since, siteZone(), now);
  const lasted = spanOf((now - Date.parse(fleet.since)) / 1000);
  switch (fleet.state) {
    case 'running':
      return `Since ${since}, for ${lasted}. Sending ${perSecond(fleet.rate.achieved_per_day)} visits/s of ${perSecond(fleet.rate.planned_per_day)} planned, about ${rate(fleet.rate.hits_per_second)} hits/s, to ${targetsText(fleet)}.`;
    case 'paused':
      return pausedSentence(fleet, now);
    case 'draining':
      return `No new visits begin. ${visitsText(fleet.visits.in_flight)} under way ${fleet.visits.in_flight === 1 ? 'ends' : 'end'} within ${drainOf(fleet)} s; what is left then is counted as dropped.`;
    case 'waiting':
      return `${fleet.sentence} Since ${since}. Nothing is sent yet.`;
    case 'idle':
      return idleSentence(fleet, since);
    case 'finished':
      return `${ended(why ?? fleet.sentence)} Ended ${since}: ${visitsText(fleet.visits.planned)}, ${count(fleet.visits.delivered)} delivered whole.`;
    case 'failed':
      return `${ended(why ?? fleet.sentence)} Since ${since} nothing is sent.`;
    case 'unreachable':
      return `${fleet.sentence} No answer for ${lasted}; it may still be sending. ${seenSentence(fleet)}`;
    case 'unknown':
      return `${ended(fleet.sentence)} Since ${since}. What runs goes on; it is only not seen from here.`;
  }
}

const perSecond = (per_day: number): string => rate(per_day / 86_400);
const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

function pausedSentence(fleet: FleetStatus, now: number): string {
  const { today, resumes_at } = fleet;
  const cap =
    today !== null && today.cap > 0
      ? `Today’s cap of ${visitsText(today.cap)} is reached: ${count(today.visits)} have begun.`
      : ended(fleet.sentence);
  if (resumes_at === null) return cap;
  const left = spanOf((Date.parse(resumes_at) - now) / 1000);
  return `${cap} It continues at ${timeThere(resumes_at, siteZone())}, in ${left}.`;
}

function idleSentence(fleet: FleetStatus, since: string): string {
  const volume = Number(fleet.settings.target_visits_per_day ?? 20_000);
  const start = `Start sends ${perSecond(volume)} visits/s to ${targetsText(fleet)} until you stop it.`;
  if (fleet.run_id === null) return `Nothing was sent yet. ${start}`;
  return `${fleet.sentence} Since ${since}. ${start}`;
}

function seenSentence({ loaders }: FleetStatus): string {
  const seen = loaders.flatMap(({ seen_at }) => (seen_at === null ? [] : [seen_at])).toSorted();
  const last = seen.at(-1);
  return last === undefined ? 'It told no numbers yet.' : `The numbers are from ${timeOf(last)}.`;
}
