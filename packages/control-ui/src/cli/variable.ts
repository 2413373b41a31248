import { ConfigError } from '../config.ts';

/** The text of a variable, or of the file that NAME_FILE names; null: neither says anything. @throws ConfigError */
export function textOfVariable(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): string | null {
  const path = environment[`${name}_FILE`]?.trim() ?? '';
  if (path === '') return environment[name]?.trim() || null;
  try {
    return readFile(path).trim() || null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${name}_FILE cannot be read (${code ?? 'unknown'}): ${path}.`]);
  }
}
