import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count, share } from '../../format/numbers.ts';
import { Glyph } from '../../parts/glyph.tsx';
import type { TreeRow } from './url-tree.ts';

const around = 10;
const indent_px = 12;
const rowHeight = (): number =>
  matchMedia('(max-width: 640px), (pointer: coarse)').matches ? 44 : 26;

/** Hosts and folders with their numbers; only the rows that can be seen are in the document. */
export function Tree(props: {
  readonly rows: readonly TreeRow[];
  readonly total_weight: number;
  readonly onToggle: (key: string) => void;
  readonly onChoose: (key: string) => void;
}) {
  const { rows, total_weight } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const look = () => {
    const element = box.current;
    if (element !== null) setView({ top: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, []);
  const height = rowHeight();
  const from = Math.max(0, Math.floor(view.top / height) - around);
  const to = Math.min(rows.length, Math.ceil((view.top + view.height) / height) + around);
  return (
    <div class="tree" ref={box} onScroll={look}>
      <ul style={{ height: `${rows.length * height}px` }}>
        {rows.slice(from, to).map((row, at) => (
          <li
            key={row.key}
            style={{ top: `${(from + at) * height}px`, paddingLeft: `${row.depth * indent_px}px` }}
          >
            {row.open === null ? (
              <span class="twist" />
            ) : (
              <button
                type="button"
                class="twist"
                aria-expanded={row.open}
                aria-label={`${row.open ? 'Close' : 'Open'} ${row.name}`}
                onClick={() => props.onToggle(row.key)}
              >
                <Glyph name={row.open ? 'down' : 'right'} />
              </button>
            )}
            <button
              type="button"
              class="name clip"
              title={`${row.key}: go to its first line`}
              onClick={() => props.onChoose(row.key)}
            >
              {row.name}
            </button>
            <span class="num dim small">{row.open === null ? '' : count(row.pages)}</span>
            <span class="num small">{share(row.weight, total_weight)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
