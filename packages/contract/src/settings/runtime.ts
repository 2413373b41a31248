import { boolean, choice, integer, number, optionalText, text } from './define.ts';

/** The process around the run. */
export const runtime = {
  auto_start: boolean({
    label: 'Start at once',
    help: 'false: wait until START_SIGNAL_FILE appears, and read the settings again then; until that they may be missing or wrong.',
    default: true,
  }),
  start_signal_file: text({
    format: 'path',
    label: 'Start signal file',
    help: 'With AUTO_START=false the run starts when this file appears; the loader removes it.',
    default: '/app/data/loadgen.start',
    shown_when: { setting: 'auto_start', is: [false] },
  }),
  start_check_interval: number({
    label: 'Start check interval',
    help: 'How often the start signal file is looked for.',
    unit: 'seconds',
    default: 2,
    min: 0.05,
    max: 3_600,
    shown_when: { setting: 'auto_start', is: [false] },
  }),
  log_level: choice({
    label: 'Log level',
    help: 'Least severe level that is logged.',
    values: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
    synonyms: { TRACE: 'DEBUG', WARN: 'WARNING', FATAL: 'CRITICAL' },
    default: 'INFO',
  }),
  state_dir: optionalText({
    format: 'path',
    label: 'State directory',
    help: 'Where counters and caps are kept over restarts. Unset: the user’s own state directory (XDG_STATE_HOME); in the container /app/data/state.',
  }),
  status_host: text({
    format: 'plain',
    label: 'Status address',
    help: 'Address that the status server listens on; the container sets 0.0.0.0.',
    default: '127.0.0.1',
  }),
  status_port: integer({
    label: 'Status port',
    help: 'Port of /status, /metrics, /healthz and /readyz. 0 = no status server.',
    default: 9464,
    min: 0,
    max: 65_535,
  }),
};
