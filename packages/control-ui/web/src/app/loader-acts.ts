import type { FleetStatus } from '@trafficinator/contract/rest';
import { post } from '../api/client.ts';
import { connection, status } from '../api/live.ts';
import { session } from '../api/session.ts';
import { count } from '../format/numbers.ts';
import { confirm } from '../parts/confirm.tsx';
import { toast } from '../parts/toast.tsx';

/** What can be done with the loaders now; null: not now, or not by whoever is signed in. Each asks first. */
export interface LoaderActs {
  readonly start: (() => void) | null;
  readonly stop: (() => void) | null;
  readonly restart: (() => void) | null;
}

const none: LoaderActs = { start: null, stop: null, restart: null };

/** By the newest status. */
export function loaderActs(): LoaderActs {
  const fleet = status.value;
  const may = session.value.state === 'in' && session.value.role === 'operator';
  if (fleet === null || !may || connection.value.state === 'lost') return none;
  const runs = fleet.loaders.some((each) => each.process === 'running');
  return runs
    ? { start: null, stop: () => askToStop(fleet), restart: () => askToRestart(fleet) }
    : { ...none, start: () => askToStart(fleet) };
}

interface Result {
  readonly message: string;
}

const done = async (path: string, body?: unknown): Promise<void> => {
  toast((await post<Result>(path, body)).message);
};

/** So long the visits under way have to end, in seconds. */
export const drainOf = ({ settings }: FleetStatus): number => Number(settings.drain_seconds ?? 30);

/** `Shop`, `2 targets`, or the address. */
export function targetsText({ settings, loaders }: FleetStatus): string {
  const { targets } = settings;
  const listed = Array.isArray(targets) ? targets.length : 0;
  const told = new Set(
    loaders.flatMap(({ snapshot }) => snapshot?.targets.map(({ name }) => name) ?? []),
  ).size;
  const number = Math.max(listed, told);
  if (number > 1) return `${number} targets`;
  return typeof settings.matomo_url === 'string' ? settings.matomo_url : 'its target';
}

/** `1 visit`, `31 visits`. */
export const visitsText = (visits: number): string =>
  `${count(visits)} ${visits === 1 ? 'visit' : 'visits'}`;

const askToStart = (fleet: FleetStatus): void =>
  confirm({
    title: 'Start the loader?',
    effects: `It sends visits to ${targetsText(fleet)} with the saved settings. It goes on with the last run where it can.`,
    verb: 'Start',
    busy: 'Starting…',
    act: () => done('/api/start', {}),
  });

const askToRestart = (fleet: FleetStatus): void =>
  confirm({
    title: 'Restart the loader?',
    effects: `It ends the ${visitsText(fleet.visits.in_flight)} under way, then starts with the saved settings. No visit is sent twice.`,
    verb: 'Restart',
    busy: 'Restarting…',
    act: () => done('/api/restart', {}),
  });

const askToStop = (fleet: FleetStatus): void =>
  confirm({
    title: 'Stop the loader?',
    effects: `It ends the ${visitsText(fleet.visits.in_flight)} under way (at most ${drainOf(fleet)} s) and sends nothing more.`,
    verb: 'Stop',
    busy: 'Stopping…',
    danger: true,
    act: () => done('/api/stop'),
  });
