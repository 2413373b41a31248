import { knownName, variableNames } from './names.ts';
import { nearest } from './nearest.ts';
import { type Problem, problem } from './problem.ts';
import { shown } from './shown.ts';

/** Where a name was found: strangers are normal in the process environment, nowhere else. */
export type Place = 'environment' | 'env_file' | 'set' | 'settings_file';

/** Names of the product's other programs and of its containers, which share files with the loader. */
const otherParts =
  /^(BACKFILL_CONTAINER_PREFIX|BACKFILL_HISTORY_PATH|CONTROL_UI_\w+|CORS_ORIGINS|CONFIG_DB_PATH|DOCKER_\w+|COMPOSE_\w+|BASE_IMAGE|RESTART_POLICY|STOP_GRACE_PERIOD|LOADER_\w+|STAND_IN_\w+|PUBLISHED_\w+)$/;

/** First words that other programs' variables have as well. */
const genericWords = new Set(
  'AUTO CONNECT DRAIN EVENTS FAIL LOG MAX REQUEST SEED START STATE STATUS TIMEZONE TLS CONCURRENCY SETTINGS'.split(
    ' ',
  ),
);

const firstWord = (name: string): string => name.split('_')[0]!;
const ownFirstWords = new Set(variableNames.map(firstWord).filter((w) => !genericWords.has(w)));

/** What to say about a name that no setting has; null when there is nothing to say. */
export function unknownName(
  place: Place,
  name: string,
  value: string,
  source: string,
): Problem | null {
  const upper = name.toUpperCase();
  const common = { fields: [name.toLowerCase()], source };
  if (otherParts.test(upper)) {
    if (place === 'environment') return null;
    return problem('setting_unused_here', {
      ...common,
      value: shownValue(upper, value),
      message: `${name} belongs to another part of the product; the loader does not use it.`,
      remedy: 'Nothing to do, if that is what you meant.',
    });
  }
  const own = ownFirstWords.has(firstWord(upper));
  const nearness = place === 'environment' && !own ? 'strict' : 'generous';
  const meant = nearest(name, variableNames, nearness);
  if (meant !== null) {
    return problem('setting_misspelt', {
      ...common,
      // A name that any program may use must not stop the run just because the shell has it.
      ...(place === 'environment' && !own && { severity: 'warning' as const }),
      value: shownValue(upper, value, meant),
      message: `There is no setting ${name}.`,
      remedy: `Did you mean ${meant}?`,
    });
  }
  if (place === 'environment') return null;
  return problem('setting_unknown', {
    ...common,
    ...(place === 'settings_file' && { severity: 'error' as const }),
    value: shownValue(upper, value),
    message: `There is no setting ${name}.`,
    remedy: 'Remove it; the loader’s settings are listed in README.md.',
  });
}

/** Also a misspelt secret is a secret, and so may be anything whose meaning is not known. */
function shownValue(name: string, value: string, meant?: string): string {
  if (/TOKEN|SECRET|PASSW|KEY|AUTH|CREDENTIAL/.test(name)) return '***';
  const setting = meant === undefined ? undefined : knownName(meant)?.setting;
  return setting ? shown(setting, value) : '***';
}
