/** A field of a step in a form. */
export interface StepField {
  readonly label: string;
  /** number: what is typed is read as one. */
  readonly kind: 'text' | 'number' | 'share';
  readonly unit?: string;
  /** What leaving it out means. */
  readonly empty?: string;
}

const text = (label: string, empty?: string): StepField => ({
  label,
  kind: 'text',
  ...(empty !== undefined && { empty }),
});
const number = (label: string, unit: string, empty?: string): StepField => ({
  label,
  kind: 'number',
  unit,
  ...(empty !== undefined && { empty }),
});

/** Every field that a step of some type has, by its name in the file. */
export const stepFields: Readonly<Record<string, StepField>> = {
  url: text('Page', 'the open page'),
  title: text('Title', 'from the URL list'),
  action_name: text('Action name', 'from the URL list'),
  delay_seconds_min: number('Wait after it, from', 's', '0'),
  delay_seconds_max: number('to', 's', 'the minimum'),
  drop_off: { label: 'Leave after it', kind: 'share', empty: '0' },
  event_category: text('Category'),
  event_action: text('Action'),
  event_name: text('Name'),
  event_value: number('Value', '', 'none'),
  search_keyword: text('Keyword'),
  search_category: text('Category', 'none'),
  search_results: number('Results', '', 'drawn'),
  target_url: text('Opens'),
  ecommerce_revenue: number('Total', '', 'drawn'),
  ecommerce_subtotal: number('Goods', '', 'drawn'),
  ecommerce_tax: number('Tax', '', 'drawn'),
  ecommerce_shipping: number('Shipping', '', 'drawn'),
  ecommerce_items: number('Pieces', '', 'drawn'),
  ecommerce_currency: text('Currency, for the reader', 'the site’s'),
  cart_items: number('Pieces', '', 'drawn'),
  revenue: number('Value of the cart', '', 'drawn'),
  goal_id: number('Goal’s number', ''),
  goal_revenue: number('Revenue', '', 'the goal’s own'),
  content_name: text('Content'),
  content_piece: text('Piece', 'none'),
  content_target: text('Leads to', 'nothing'),
  content_interaction: text('Interaction', 'it is shown'),
};
