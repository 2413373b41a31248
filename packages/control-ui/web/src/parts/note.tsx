import type { ComponentChildren } from 'preact';
import { Problem } from '../api/client.ts';
import { Glyph } from './glyph.tsx';

const glyphs = { bad: 'failed', warn: 'unknown', ok: 'finished', info: 'info' } as const;

/** A sentence with a remedy and, at times, an action. */
export function Note(props: {
  readonly kind: keyof typeof glyphs;
  readonly act?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`note ${props.kind}`} role={props.kind === 'bad' ? 'alert' : undefined}>
      <Glyph name={glyphs[props.kind]} />
      <div>{props.children}</div>
      {props.act !== undefined && <div class="act">{props.act}</div>}
    </div>
  );
}

/** What failed, as the service says it. */
export function ProblemNote({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  if (!(error instanceof Problem)) return <Note kind="bad">The page failed. Load it again.</Note>;
  const { detail, remedy, errors } = error.details;
  return (
    <Note kind="bad">
      {detail} {remedy}
      {errors.length > 0 && (
        <ul>
          {errors.map((each) => (
            <li key={each.pointer + each.code}>
              {each.message} {each.remedy}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
