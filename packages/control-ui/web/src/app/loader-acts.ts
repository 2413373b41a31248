import type { FleetStatus } from '@trafficinator/contract/rest';
import { post } from '../api/client.ts';
import { connection, status } from '../api/live.ts';
import { session } from '../api/session.ts';
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

const targetOf = (fleet: FleetStatus): string => String(fleet.settings.matomo_url ?? 'its targets');
const drain = (fleet: FleetStatus): number => Number(fleet.settings.drain_seconds ?? 30);

const askToStart = (fleet: FleetStatus): void =>
  confirm({
    title: 'Start the loader?',
    effects: `It sends visits to ${targetOf(fleet)} with the saved settings. It goes on with the last run where it can.`,
    verb: 'Start',
    busy: 'Starting…',
    act: () => done('/api/start', {}),
  });

const askToRestart = (fleet: FleetStatus): void =>
  confirm({
    title: 'Restart the loader?',
    effects: `It ends the ${fleet.visits.in_flight} visits under way, then starts with the saved settings. No visit is sent twice.`,
    verb: 'Restart',
    busy: 'Restarting…',
    act: () => done('/api/restart', {}),
  });

const askToStop = (fleet: FleetStatus): void =>
  confirm({
    title: 'Stop the loader?',
    effects: `It ends the ${fleet.visits.in_flight} visits under way (at most ${drain(fleet)} s) and sends nothing more.`,
    verb: 'Stop',
    busy: 'Stopping…',
    danger: true,
    act: () => done('/api/stop'),
  });
