import type { BackfillReport } from '@trafficinator/contract';
import type { Log } from '../edge/log.ts';
import { fitted } from '../edge/progress.ts';

const logEvery_beats = 10;
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** One line that updates on a terminal, a log line now and then elsewhere. */
export function backfillProgress(
  stream: NodeJS.WriteStream,
  log: Log,
  json: boolean,
): { readonly show: (report: BackfillReport) => void; readonly end: () => void } {
  const live = stream.isTTY === true && !json;
  let beats = 0;
  return {
    show: (report) => {
      beats++;
      if (live) stream.write(`\r\x1b[2K${fitted(line(report), stream.columns)}`);
      else if (beats % logEvery_beats === 1) log.info(fields(report), 'progress');
    },
    end: () => {
      if (live && beats > 0) stream.write('\r\x1b[2K');
    },
  };
}

/** `2026-03-04  37 %  12,300 of 33,000 visits  410 visits/s  2,700 hits/s  0 errors  50 s left` */
function line(report: BackfillReport): string {
  const { visits, hits, rate } = report;
  const errors = hits.rejected + hits.failed + hits.unknown;
  const eta = report.eta_seconds === null ? '' : `  ${durationText(report.eta_seconds)} left`;
  return `${currentDay(report)}  ${percent(report)} %  ${whole.format(visits.done)} of ${whole.format(visits.planned)} visits  ${whole.format(rate.visits_per_second)} visits/s  ${whole.format(rate.hits_per_second)} hits/s  ${whole.format(errors)} errors${eta}`;
}

function fields(report: BackfillReport): object {
  const { visits, hits, rate, eta_seconds } = report;
  return { day: currentDay(report), percent: percent(report), visits, hits, rate, eta_seconds };
}

const percent = ({ visits }: BackfillReport): string =>
  visits.planned === 0 ? '100' : ((visits.done * 100) / visits.planned).toFixed(0);

/** The last day with anything done. */
const currentDay = (report: BackfillReport): string =>
  report.days.findLast((day) => day.hits > 0)?.date ?? report.window.first_day;

/** `50 s`, `12 min`, `3 h 05 min`. */
function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
