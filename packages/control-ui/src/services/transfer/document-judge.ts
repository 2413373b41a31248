import { type Problem, readEvents } from '@trafficinator/contract';
import type { RequestMistake } from '@trafficinator/contract/rest';
import type { DocumentKind } from '../../ports/store/material.ts';
import { urlMistakes } from '../material/url-mistakes.ts';
import { readUrls } from '../material/urls-reader.ts';
import { type Validator, validators } from '../material/validators.ts';

const judges: Partial<Record<DocumentKind, Validator>> = {
  ...validators,
  events: (text: string) => readEvents(text, 'events').problems,
};

/** Mistakes of a file in an export; null: this version knows no files of this kind. */
export function judgeDocument(kind: DocumentKind, text: string): RequestMistake[] | null {
  const pointer = `/export/documents/${kind}`;
  if (kind === 'urls') return urlMistakes(readUrls(text).problems, pointer);
  const judge = judges[kind];
  return judge === undefined ? null : mistakesOf(judge(text), pointer);
}

const mistakesOf = (problems: readonly Problem[], pointer: string): RequestMistake[] =>
  problems
    .filter(({ severity }) => severity === 'error')
    .map(({ fields, code, severity, message, remedy }) => ({
      pointer,
      field: fields[1] ?? null,
      code,
      severity,
      message,
      remedy,
    }));
