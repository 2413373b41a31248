import { signal } from '@preact/signals';

/** Whoever is signed in. unknown: not asked yet. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly name: string; readonly role: 'viewer' | 'operator' };

export const session = signal<Session>({ state: 'unknown' });

export function signedOut(): void {
  if (session.value.state !== 'out') session.value = { state: 'out' };
}

/** Ends the session here and at the service; without an answer it ends by itself after 12 hours. */
export async function signOut(): Promise<void> {
  try {
    await fetch('/api/session', { method: 'DELETE', credentials: 'same-origin' });
  } finally {
    signedOut();
  }
}
