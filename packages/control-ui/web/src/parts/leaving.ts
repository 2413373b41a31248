import { useEffect } from 'preact/hooks';
import { go, guardLeaving } from '../app/router.ts';
import { confirm } from './confirm.tsx';

/** What would be left behind, and what becomes of it: two pieces of the question. */
interface Left {
  /** `3 changes not applied` */
  readonly what: string;
  readonly effects: string;
}

/** Asks before the view or the tab is left with something that is not saved; `left` null: nothing is. */
export function useLeavingGuard(left: () => Left | null, stays: (path: string) => boolean): void {
  useEffect(() => {
    guardLeaving((path) => {
      const asked = left();
      if (asked === null || stays(path)) return false;
      confirm({
        title: `Leave with ${asked.what}?`,
        effects: asked.effects,
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
      if (left() !== null) event.preventDefault();
    };
    addEventListener('beforeunload', closing);
    return () => {
      guardLeaving(null);
      removeEventListener('beforeunload', closing);
    };
  });
}

/** Of changes that wait until they are saved: `changes of the journeys`. */
export const notSaved = (what: string): Left => ({
  what: `${what} not saved`,
  effects: 'The changes wait in this tab until you save or discard them.',
});
