import { effect } from '@preact/signals';
import { status } from '../api/live.ts';
import { session } from '../api/session.ts';
import { go, place } from './router.ts';

const name = 'first-steps-left';

/** Whoever left the first steps is not led there again in this tab. */
export function leaveFirstSteps(): void {
  try {
    sessionStorage.setItem(name, '1');
  } catch {
    // Private windows may not keep anything.
  }
  go('/dashboard', 'replace');
}

const wereLeft = (): boolean => {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    return true;
  }
};

/** On a service with no target and no run yet, the dashboard has nothing to tell: three steps lead to traffic. */
export function leadToFirstSteps(): void {
  effect(() => {
    const fleet = status.value;
    const who = session.value;
    if (fleet === null || who.state !== 'in' || who.role !== 'operator') return;
    const { matomo_url, targets } = fleet.settings;
    const isNew = fleet.run_id === null && matomo_url === undefined && targets === undefined;
    if (isNew && place.value.view === 'dashboard' && !wereLeft()) go('/first-steps', 'replace');
  });
}
