import { Mark } from '../../parts/glyph.tsx';
import { KeyForm } from '../../parts/key-form.tsx';

/** What comes before everything. */
export function FirstKey() {
  return (
    <main class="page-first first-key">
      <p class="brand">
        <Mark />
        Trafficinator
      </p>
      <h1>Enter the key of this panel</h1>
      <p class="mid">
        The service printed it when it started first, or it is the value of{' '}
        <code>CONTROL_UI_API_KEY</code>. This browser stays signed in for 12 hours.
      </p>
      <KeyForm />
    </main>
  );
}
