import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What is wider than its place scrolls within itself; by keyboard too, and only then it takes the focus. */
export function Scroll(props: {
  /** What it holds, for those who cannot see it. */
  readonly label: string;
  /** Bounded in height as well. */
  readonly tall?: boolean;
  readonly children: ComponentChildren;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const measured = new ResizeObserver(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      setScrolls(scrollWidth > clientWidth || scrollHeight > clientHeight);
    });
    measured.observe(element);
    for (const child of element.children) measured.observe(child);
    return () => measured.disconnect();
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no set of fields, and no landmark either
    <div
      ref={holder}
      class={props.tall ? 'scroll tall' : 'scroll'}
      role="group"
      aria-label={props.label}
      tabIndex={scrolls ? 0 : undefined}
    >
      {props.children}
    </div>
  );
}
