import type { Complaint } from './complaint.ts';
import { cleanText } from './env.ts';
import { type ReadFile, reasonOf } from './layers.ts';

/** The value (often a secret) in the file that NAME_FILE names, without the line break at its end. */
export function secretOfFile(
  variable: string,
  path: string,
  readFile: ReadFile,
): { value: string } | Complaint {
  try {
    const text = readFile(cleanText(path))
      .replace(/^\uFEFF/, '')
      .replace(/[\r\n]+$/, '');
    if (text.trim() !== '') return { value: text };
  } catch (error) {
    return {
      code: 'token_file_unusable',
      message: `The file that ${variable} names cannot be read (${reasonOf(error)}).`,
      remedy: 'Check the path and who may read the file; in a container it must be mounted.',
    };
  }
  return {
    code: 'token_file_unusable',
    message: `The file that ${variable} names is empty.`,
    remedy: 'Write the value into it, or unset the variable.',
  };
}
