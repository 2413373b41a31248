import { type Problem, problem } from './problem.ts';

/** One KEY=VALUE of a file, with the line it stands on (1-based). */
export interface EnvFileEntry {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/**
 * Parses a `.env` file: KEY=VALUE, an optional `export `, comments after `#`, quotes (in double ones
 * \n, \t, \" and \\ are escapes), CRLF and a BOM. An unquoted value ends at a blank followed by `#`.
 * A value stays on its line. Lines that are nothing of this become problems with file and line.
 */
export function parseEnvFile(
  label: string,
  content: string,
): { entries: EnvFileEntry[]; problems: Problem[] } {
  const entries: EnvFileEntry[] = [];
  const problems: Problem[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, raw] of content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const source = `${label} line ${line}`;
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const assignment = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/.exec(text);
    const value = assignment ? unquoted(assignment[2]!) : null;
    if (!assignment || value === null) {
      problems.push(malformed(source, assignment ? assignment[1]! : null));
      continue;
    }
    const name = assignment[1]!;
    const earlier = lineOf.get(name);
    if (earlier !== undefined) problems.push(duplicate(source, name, earlier));
    lineOf.set(name, line);
    entries.push({ name, text: value, line });
  }
  return { entries, problems };
}

/** The value of what stands after `=`, or null when its quotes do not close. */
function unquoted(rest: string): string | null {
  const quote = rest[0];
  if (quote !== '"' && quote !== "'") return rest.replace(/(^|\s)#.*$/, '').trim();
  const pattern = quote === '"' ? /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/ : /^'([^']*)'\s*(?:#.*)?$/;
  const match = pattern.exec(rest);
  if (!match) return null;
  return quote === "'" ? match[1]! : match[1]!.replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c);
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

function malformed(source: string, name: string | null): Problem {
  return problem('env_file_malformed', {
    source,
    fields: name ? [name.toLowerCase()] : [],
    message: name
      ? `The value of ${name} opens a quote that it does not close on the same line.`
      : 'This line is neither NAME=VALUE nor a comment.',
    remedy: name ? 'Close the quote or remove it.' : 'Write NAME=VALUE, or start the line with #.',
  });
}

function duplicate(source: string, name: string, earlier: number): Problem {
  return problem('env_file_duplicate', {
    source,
    fields: [name.toLowerCase()],
    message: `${name} stands in this file twice; line ${earlier} has no effect.`,
    remedy: 'Remove one of the two.',
  });
}
