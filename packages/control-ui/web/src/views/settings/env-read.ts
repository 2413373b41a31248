import { type Problem, parseEnvFile, readSettings } from '@trafficinator/contract';

/** What a `.env` file says. */
export interface EnvRead {
  /** Values by name; a text that is no value stays one, to be told where it is used. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Lines and names that cannot be understood, or are understood otherwise than somebody may think. */
  readonly told: readonly Problem[];
}

const ofTheFile =
  /^(env_file_|setting_(unknown|misspelt|older_name|given_twice))|_file_|^secret_file/;

/** Reads the text as the loader would. `label`: what the file is called in problems. */
export function readEnv(label: string, text: string): EnvRead {
  const { settings, given, problems } = readSettings({
    environment: {},
    layers: [{ kind: 'env_file', path: label }],
    readFile: () => text,
    purpose: 'plan',
  });
  const texts = new Map(parseEnvFile(label, text).entries.map((each) => [each.name, each.text]));
  const isWrong = (name: string): boolean =>
    problems.some(({ severity, fields }) => severity === 'error' && fields[0] === name);
  const values = [...given].map((name) => [
    name,
    isWrong(name) ? (texts.get(name.toUpperCase()) ?? settings[name]) : settings[name],
  ]);
  return {
    values: Object.fromEntries(values),
    told: problems
      .filter(({ code }) => ofTheFile.test(code))
      .map((found) => ({ ...found, source: found.source.replace(/^file /, '') })),
  };
}
