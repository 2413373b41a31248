import { away_ms, connection, status_at_ms, tryNow } from '../api/live.ts';
import { signOut, standing } from '../api/session.ts';
import { momentOf, spanOf } from '../format/times.ts';
import { Dialog } from '../parts/dialog.tsx';
import { KeyForm } from '../parts/key-form.tsx';
import { Note } from '../parts/note.tsx';
import { now_ms } from './clock.ts';

/** What is not as it should be between the page and the service, above every view. */
export function Banners() {
  if (standing.value === 'put_off') return <EndedBanner />;
  if (standing.value === 'ended') return null;
  return (
    <>
      <LostBanner />
      <BackBanner />
    </>
  );
}

/** Whether the figures that are shown may be old. */
export const isStale = (): boolean =>
  connection.value.state === 'lost' || standing.value !== 'good';

function LostBanner() {
  const lost = connection.value;
  if (lost.state !== 'lost') return null;
  const seen = status_at_ms.value;
  const left = lost.next_ms === null ? 0 : Math.ceil((lost.next_ms - now_ms.value) / 1000);
  return (
    <div class="banner">
      <Note
        kind="bad"
        act={
          <button
            type="button"
            class="btn"
            disabled={lost.next_ms === null}
            onClick={() => void tryNow()}
          >
            {lost.next_ms === null ? 'Trying…' : 'Try now'}
          </button>
        }
      >
        <b class="strong">No connection to the control service</b> since {momentOf(lost.since_ms)}.
        {seen > 0 && ` The figures are from ${momentOf(seen)}.`} What you edit stays.{' '}
        <span aria-live="off">
          {lost.next_ms === null ? 'Trying now.' : `Next try in ${Math.max(1, left)} s.`}
        </span>
      </Note>
    </div>
  );
}

function BackBanner() {
  const away = away_ms.value;
  if (away === null) return null;
  return (
    <div class="banner" role="status">
      <Note kind="ok">
        The connection is back, after {spanOf(Math.max(1, away / 1000))}. The figures are of now.
      </Note>
    </div>
  );
}

function EndedBanner() {
  return (
    <div class="banner">
      <Note
        kind="bad"
        act={
          <button
            type="button"
            class="btn"
            onClick={() => {
              standing.value = 'ended';
            }}
          >
            Enter the key
          </button>
        }
      >
        The session has ended. Nothing is saved or started until the key is entered again. What you
        typed stays.
      </Note>
    </div>
  );
}

/** The key over the page: whatever was typed stays, and what was asked for goes on. */
export function KeyDialog() {
  if (standing.value !== 'ended') return null;
  return (
    <Dialog
      title="Enter the key again"
      onClose={() => {
        standing.value = 'put_off';
      }}
      footer={
        <button type="button" class="link small" onClick={() => void signOut()}>
          Sign out instead
        </button>
      }
    >
      <p class="mid foot-note">
        The session has ended, or its key was revoked. What you typed is kept, and what you asked
        for goes on as soon as the key is entered.
      </p>
      <KeyForm />
    </Dialog>
  );
}
