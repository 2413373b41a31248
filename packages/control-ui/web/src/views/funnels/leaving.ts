import { useEffect } from 'preact/hooks';
import { go, guardLeaving } from '../../app/router.ts';
import { confirm } from '../../parts/confirm.tsx';

/** Asks before the view or the tab is left with something that is not saved; it waits in this tab. */
export function useLeavingGuard(what: string | null, stays: (path: string) => boolean): void {
  useEffect(() => {
    if (what === null) return;
    guardLeaving((path) => {
      if (stays(path)) return false;
      confirm({
        title: `Leave with ${what} not saved?`,
        effects: 'The changes wait in this tab until you save or discard them.',
        verb: 'Leave',
        busy: 'Leaving…',
        act: async () => {
          guardLeaving(null);
          go(path);
        },
      });
      return true;
    });
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', closing);
    return () => {
      guardLeaving(null);
      removeEventListener('beforeunload', closing);
    };
  });
}
