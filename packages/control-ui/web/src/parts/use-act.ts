import { useState } from 'preact/hooks';

/** Something that a person does and that can fail: whether it is under way, and why it failed last. */
export interface Act {
  readonly busy: boolean;
  /** null: it did not fail, or runs again. */
  readonly error: unknown;
  readonly run: (act: () => Promise<void>) => Promise<void>;
}

/** One act at a time; what is thrown is kept to be shown. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run };
}
