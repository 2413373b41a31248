import { count } from '../../format/numbers.ts';
import { Glyph } from '../glyph.tsx';
import type { FileDraft } from './file-draft.ts';

/** Beside the heading: whether it is valid, and whether it is saved. */
export function FileTags(props: {
  readonly draft: FileDraft;
  readonly errors: number;
  readonly warnings: number;
  /** What is told is of the text as it is. */
  readonly read: boolean;
}) {
  const { draft, errors, warnings } = props;
  return (
    <span class="row" role="status">
      {!props.read && <span class="tag">reading</span>}
      {props.read && errors === 0 && (
        <span class="tag ok">
          <Glyph name="finished" /> valid
        </span>
      )}
      {errors > 0 && (
        <span class="tag bad">
          {count(errors)} {errors === 1 ? 'error' : 'errors'}
        </span>
      )}
      {warnings > 0 && (
        <span class="tag warn">
          {count(warnings)} {warnings === 1 ? 'warning' : 'warnings'}
        </span>
      )}
      {draft.dirty.value && <span class="tag changed">changes not saved</span>}
    </span>
  );
}
