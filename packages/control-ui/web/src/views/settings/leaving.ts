import { useEffect } from 'preact/hooks';
import { go, guardLeaving } from '../../app/router.ts';
import { confirm } from '../../parts/confirm.tsx';
import { changedNames } from './form.ts';
import { changesText } from './rail.tsx';

/** Asks before the view or the tab is left with changes that are not applied. */
export function useLeavingGuard(): void {
  useEffect(() => {
    guardLeaving((path) => {
      const changed = changedNames.value.length;
      if (changed === 0 || /^\/settings\b/.test(path)) return false;
      confirm({
        title: `Leave with ${changesText(changed)} not applied?`,
        effects: 'They wait in this tab until you apply or discard them.',
        verb: 'Leave',
        busy: 'Leaving…',
        act: async () => {
          guardLeaving(null);
          go(path);
        },
      });
      return true;
    });
    const closing = (event: BeforeUnloadEvent) => {
      if (changedNames.value.length > 0) event.preventDefault();
    };
    addEventListener('beforeunload', closing);
    return () => {
      guardLeaving(null);
      removeEventListener('beforeunload', closing);
    };
  }, []);
}
