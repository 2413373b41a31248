/**
 * What the loader's exit code means. Scripts and CI jobs decide by these numbers, so they never
 * change their meaning. 130 and 143 follow the shell's rule 128 + signal number.
 */
export const exitCodes = {
  ok: { code: 0, meaning: 'The run did what it was asked to do.' },
  unexpected: { code: 1, meaning: 'Something failed that should not fail; the log says where.' },
  settings_invalid: { code: 2, meaning: 'The settings or a file they name cannot be used.' },
  target_unusable: {
    code: 3,
    meaning: 'Matomo cannot be reached, is no Matomo tracker, or refuses the site or the token.',
  },
  not_delivered: {
    code: 4,
    meaning: 'The run ended, but more hits failed or took longer than the settings tolerate.',
  },
  reconcile_mismatch: {
    code: 5,
    meaning: 'Matomo’s reports show other numbers than the run delivered.',
  },
  interrupted: { code: 130, meaning: 'Stopped by Ctrl+C (SIGINT).' },
  terminated: {
    code: 143,
    meaning: 'Stopped by a stop signal (SIGTERM), as docker stop sends it.',
  },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>;

export type ExitReason = keyof typeof exitCodes;
