import type { ComponentChildren } from 'preact';

/** What stands above a graph: its name with the unit, its lines with the values at the cursor. */
export function PlotHead(props: {
  readonly title: string;
  /** A fact about the scale. */
  readonly scale?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="plot-head">
      <h3>{props.title}</h3>
      {props.children}
      {props.scale !== undefined && <span class="u">{props.scale}</span>}
    </div>
  );
}

/** One line of a graph in the legend. `look`: classes of its key, as the line is drawn. */
export function Leg(props: {
  readonly look: string;
  readonly name: string;
  readonly value: string;
}) {
  return (
    <span class="leg">
      <i class={`key ${props.look}`} />
      {props.name} <b>{props.value}</b>
    </span>
  );
}
