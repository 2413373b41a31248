import { signal } from '@preact/signals';

/** Whoever is signed in. unknown: not asked yet. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly name: string; readonly role: 'viewer' | 'operator' };

export const session = signal<Session>({ state: 'unknown' });

/**
 * Whether the service still knows the session of the page that is open. ended: the key is asked for over the page;
 * put_off: somebody wants to read on first. Whatever was typed stays.
 */
export const standing = signal<'good' | 'ended' | 'put_off'>('good');

export function signedOut(): void {
  standing.value = 'good';
  if (session.value.state !== 'out') session.value = { state: 'out' };
}

export function signedIn(name: string, role: 'viewer' | 'operator'): void {
  session.value = { state: 'in', name, role };
  standing.value = 'good';
}

/**
 * The service knows the session no more. Resolves when the key was entered again (true: ask once more) or not
 * (false). Before anybody is in there is nothing to wait for.
 */
export function enteredAgain(): Promise<boolean> {
  if (session.peek().state !== 'in') {
    signedOut();
    return Promise.resolve(false);
  }
  if (standing.peek() === 'put_off') return Promise.resolve(false);
  standing.value = 'ended';
  return new Promise((resolve) => {
    const end = standing.subscribe((now) => {
      if (now === 'ended') return;
      // The signal calls at once, before `end` is there, only while it says “ended”.
      end();
      resolve(now === 'good' && session.peek().state === 'in');
    });
  });
}

/** Ends the session here and at the service; without an answer it ends by itself after 12 hours. */
export async function signOut(): Promise<void> {
  try {
    await fetch('/api/session', { method: 'DELETE', credentials: 'same-origin' });
  } finally {
    signedOut();
  }
}
