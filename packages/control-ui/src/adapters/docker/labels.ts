import { type InstanceRole, instanceRoles } from '../../ports/runner.ts';

/** Labels of a loader's container. A compose file that writes the first two makes one for the service. */
export const labels = {
  control: 'trafficinator.control',
  instance: 'trafficinator.instance',
  role: 'trafficinator.role',
  /** Fingerprint of what it was made from; one that a compose file made has none. */
  spec: 'trafficinator.spec',
} as const;

export type Labels = Readonly<Record<string, string>>;

/** The filter by which the engine itself leaves out what is not ours. */
export function labelFilter(control_id: string, id: string | null): string[] {
  const mine = `${labels.control}=${control_id}`;
  return id === null ? [mine] : [mine, `${labels.instance}=${id}`];
}

/** Whose container it is, asked once more before anything is done to it. */
export const isOwn = (found: Labels, control_id: string): boolean =>
  found[labels.control] === control_id && found[labels.instance] !== undefined;

export const roleOf = (found: Labels): InstanceRole =>
  instanceRoles.find((role) => role === found[labels.role]) ?? 'loader';
