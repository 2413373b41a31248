import { type Problem, readSettings, type SettingName } from '@trafficinator/contract';

/** A preset that comes with the program. */
export interface BuiltInPreset {
  readonly name: string;
  readonly description: string;
  /** What its file says, and nothing else. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** In the order of their size; others after them. */
const order = ['light', 'medium', 'heavy', 'extreme'];

/** The built-in presets out of their files. @throws Error when one has a mistake. */
export function builtInPresets(
  files: readonly { readonly name: string; readonly content: string }[],
): readonly BuiltInPreset[] {
  const rank = ({ name }: { readonly name: string }) =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return files
    .toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .map(({ name, content }) => builtInPreset(name, content));
}

/**
 * Reads `presets/.env.<name>`: the file that `docker compose --env-file` takes. Its first comment line,
 * `# Light: a small site.`, describes it. @throws Error when the file has a mistake.
 */
function builtInPreset(name: string, content: string): BuiltInPreset {
  const { settings, given, problems } = readSettings({
    environment: {},
    layers: [{ kind: 'env_file', path: name }],
    readFile: () => content,
    purpose: 'plan',
  });
  const wrong = problems.filter(isMistake);
  if (wrong.length > 0) {
    throw new Error(`The preset ${name} has mistakes: ${wrong.map((p) => p.message).join(' ')}`);
  }
  const names = [...given] as SettingName[];
  const text = /^# *[^:\n]*: *(.+)$/m.exec(content)?.[1] ?? '';
  return {
    name,
    description: text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}`,
    settings: Object.fromEntries(names.map((each) => [each, settings[each]])),
  };
}

const isMistake = ({ severity }: Problem): boolean => severity === 'error';
