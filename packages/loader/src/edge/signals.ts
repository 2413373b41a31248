/** Exit codes of the signals that end a run: 128 + the signal's number. */
const exitCodeOfSignal = { SIGINT: 130, SIGTERM: 143 } as const;
type StopSignal = keyof typeof exitCodeOfSignal;

/** Listens for SIGINT and SIGTERM; each one calls back with the exit code it stands for. */
export function onStopSignals(
  callback: (exitCode: 130 | 143, signal: StopSignal) => void,
): () => void {
  const listeners = (Object.keys(exitCodeOfSignal) as StopSignal[]).map((signal) => {
    const listener = () => callback(exitCodeOfSignal[signal], signal);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}
