import type { ComponentType } from 'preact';
import { lazy } from './lazy.tsx';

export interface View {
  readonly name: string;
  readonly title: string;
  readonly group: 'Watch' | 'Traffic' | 'Material';
  /** Second key after `g`. */
  readonly key: string;
  readonly component: ComponentType;
}

/** Every view, in the order of the navigation. */
export const views: readonly View[] = [
  {
    name: 'dashboard',
    title: 'Dashboard',
    group: 'Watch',
    key: 'd',
    component: lazy(() => import('../views/dashboard/dashboard.tsx')),
  },
  {
    name: 'runs',
    title: 'Runs',
    group: 'Watch',
    key: 'r',
    component: lazy(() => import('../views/runs/runs.tsx')),
  },
  {
    name: 'logs',
    title: 'Logs',
    group: 'Watch',
    key: 'l',
    component: lazy(() => import('../views/logs/logs.tsx')),
  },
  {
    name: 'settings',
    title: 'Settings',
    group: 'Traffic',
    key: 's',
    component: lazy(() => import('../views/settings/settings.tsx')),
  },
  {
    name: 'presets',
    title: 'Presets',
    group: 'Traffic',
    key: 'p',
    component: lazy(() => import('../views/presets/presets.tsx')),
  },
  {
    name: 'targets',
    title: 'Targets',
    group: 'Traffic',
    key: 't',
    component: lazy(() => import('../views/targets/targets.tsx')),
  },
  {
    name: 'backfill',
    title: 'Backfill',
    group: 'Traffic',
    key: 'b',
    component: lazy(() => import('../views/backfill/backfill.tsx')),
  },
  {
    name: 'funnels',
    title: 'Funnels',
    group: 'Material',
    key: 'f',
    component: lazy(() => import('../views/funnels/funnels.tsx')),
  },
  {
    name: 'urls',
    title: 'URLs',
    group: 'Material',
    key: 'u',
    component: lazy(() => import('../views/urls/urls.tsx')),
  },
  {
    name: 'events',
    title: 'Events',
    group: 'Material',
    key: 'e',
    component: lazy(() => import('../views/events/events.tsx')),
  },
];

export const viewGroups = ['Watch', 'Traffic', 'Material'] as const;
