import { finding, type Rule } from './rule.ts';

/** A loader that waits looks like one that hangs; so it is said. */
export const signalAwaited: Rule = {
  live: true,
  reads: ['auto_start', 'start_signal_file'],
  check: (settings, given, purpose) => {
    if (purpose === 'plan' || settings.auto_start) return [];
    return [
      finding(given, ['auto_start', 'start_signal_file'], 'waits_for_signal', {
        message: `AUTO_START is false: nothing is sent until ${settings.start_signal_file} appears.`,
        remedy: 'Create that file to start the run.',
      }),
    ];
  },
};
