import type { ComponentChildren } from 'preact';
import { share } from '../format/numbers.ts';

/** A share in figures and as a bar; the longest bar is the whole width. */
export function ShareRow(props: {
  readonly title: string;
  readonly part: number;
  readonly all: number;
  readonly longest: number;
  readonly children: ComponentChildren;
}) {
  const { part, all, longest } = props;
  return (
    <li class="share-row" title={props.title}>
      <span class="clip">{props.children}</span>
      <span class="num">{share(part, all)}</span>
      <span class="bar" aria-hidden="true">
        <i style={{ width: `${longest === 0 ? 0 : (100 * part) / longest}%` }} />
      </span>
    </li>
  );
}
