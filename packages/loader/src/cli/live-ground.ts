import { type Problem, type Settings, type TargetList, targetsOf } from '@trafficinator/contract';
import type { LiveJournal } from '../account/journal.ts';
import { type LoadedMaterial, loadMaterial } from '../edge/material.ts';
import { openState } from '../edge/state.ts';
import { readAuthority } from '../edge/tls.ts';
import { groupsOf, type TargetGroup } from '../live-sources.ts';

/** What a live run stands on: what its settings name, read and opened. */
export interface LiveGround {
  readonly loaded: LoadedMaterial;
  readonly ca: string | null;
  readonly list: TargetList;
  /** What is sent together, with what it remembers. */
  readonly groups: readonly (TargetGroup & { readonly state: LiveJournal })[];
}

/** Reads and opens what the settings name. @throws Failure when one of them cannot be used. */
export function openGround(settings: Settings): LiveGround {
  const loaded = loadMaterial(settings);
  const ca = readAuthority(settings.tls_ca_file);
  const { list } = targetsOf(settings);
  const groups: (TargetGroup & { readonly state: LiveJournal })[] = [];
  try {
    for (const targets of groupsOf(list)) {
      groups.push({ targets, state: openState(settings, targets) });
    }
  } catch (error) {
    for (const { state } of groups) state.close();
    throw error;
  }
  return { loaded, ca, list, groups };
}

/** What is worth saying about the settings and the files: with an end in sight nothing of `no_end`. */
export const warningsOf = (
  found: readonly Problem[],
  { loaded }: LiveGround,
  ends: boolean,
): Problem[] => [...found, ...loaded.problems].filter(({ code }) => !ends || code !== 'no_end');
