import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A rule and a heading, never a box. */
export function Section(props: {
  readonly title: string;
  /** A short fact beside the title. */
  readonly meta?: ComponentChildren;
  /** At the right end of the heading. */
  readonly act?: ComponentChildren;
  readonly first?: boolean;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={`sec ${props.first ? 'first' : ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.meta !== undefined && <span class="meta">{props.meta}</span>}
        <span class="sp" />
        {props.act}
      </header>
      {props.children}
    </section>
  );
}
