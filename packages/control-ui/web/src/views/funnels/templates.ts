import type { Fields } from '../../api/funnels.ts';

interface Template {
  readonly title: string;
  readonly about: string;
  /** Relative addresses are pages of the site that the URL list begins with. */
  readonly funnel: Fields;
}

const wait = (from: number, to: number) => ({ delay_seconds_min: from, delay_seconds_max: to });
const page = (action_name: string, url: string, from: number, to: number) => ({
  type: 'pageview',
  url,
  action_name,
  ...wait(from, to),
});
const event = (category: string, action: string, name: string, from: number, to: number) => ({
  type: 'event',
  event_category: category,
  event_action: action,
  event_name: name,
  ...wait(from, to),
});

/** Funnels to begin with. */
export const templates: readonly Template[] = [
  {
    title: 'Purchase',
    about: 'Landing page, product, checkout and an order.',
    funnel: {
      name: 'Ecommerce Purchase',
      description: 'From the landing page over a product to an order.',
      probability: 0.35,
      priority: 0,
      exit_after_completion: true,
      steps: [
        page('Landing Page', '/', 0, 2),
        event('CTA', 'Click', 'Hero CTA', 1, 3),
        page('Product Detail', '/product/widget', 2, 4),
        event('Product', 'AddToCart', 'Widget', 1, 2),
        page('Checkout', '/checkout', 1, 3),
        { type: 'ecommerce', url: '/order/complete', action_name: 'Order Complete', ...wait(1, 2) },
      ],
    },
  },
  {
    title: 'Lead generation',
    about: 'Blog post, a guide that is fetched, and a form that is sent in.',
    funnel: {
      name: 'Lead Generation',
      description: 'From a blog post over a guide to a form that is sent in.',
      probability: 0.25,
      priority: 1,
      exit_after_completion: true,
      steps: [
        page('Blog Post', '/blog/marketing-trends', 0, 2),
        {
          type: 'outlink',
          target_url: '/files/marketing-guide.pdf',
          action_name: 'Download Guide',
          ...wait(1, 2),
        },
        page('Resource Landing', '/resources/marketing-guide', 2, 3),
        event('Form', 'Submit', 'Lead Capture', 1, 2),
      ],
    },
  },
  {
    title: 'Content discovery',
    about: 'A search leads to an article; the visitor goes on browsing afterwards.',
    funnel: {
      name: 'Content Discovery',
      description: 'A search leads to an article; the visitor goes on browsing afterwards.',
      probability: 0.4,
      priority: 2,
      exit_after_completion: false,
      steps: [
        page('Homepage', '/', 0, 2),
        {
          type: 'site_search',
          search_keyword: 'analytics',
          search_category: 'Resources',
          search_results: 12,
          ...wait(1, 2),
        },
        page('Blog Article', '/blog/web-analytics-basics', 3, 6),
        event('Engagement', 'ScrollDepth', '75%', 1, 2),
      ],
    },
  },
  {
    title: 'Abandoned cart',
    about:
      'A cart is filled; most leave before they order, so that Matomo reports abandoned carts.',
    funnel: {
      name: 'Abandoned Cart',
      description: 'Seven of ten visitors leave with goods in the cart.',
      probability: 0.15,
      priority: 3,
      exit_after_completion: true,
      steps: [
        page('Product Detail', '/product/widget', 5, 20),
        { type: 'cart', cart_items: 2, ...wait(2, 6), drop_off: 0.7 },
        page('Checkout', '/checkout', 5, 30),
        {
          type: 'ecommerce',
          url: '/order/complete',
          action_name: 'Order Complete',
          ecommerce_items: 2,
          ...wait(1, 2),
        },
      ],
    },
  },
  {
    title: 'Newsletter',
    about: 'A box is shown and clicked, a form is filled in: content impressions and interactions.',
    funnel: {
      name: 'Newsletter Sign-up',
      description: 'Content that is shown, and a form that is sent in.',
      probability: 0.1,
      priority: 4,
      exit_after_completion: false,
      steps: [
        page('Homepage', '/', 2, 8),
        {
          type: 'content',
          content_name: 'Newsletter box',
          content_piece: 'Footer',
          ...wait(1, 4),
          drop_off: 0.4,
        },
        {
          type: 'content',
          content_name: 'Newsletter box',
          content_piece: 'Footer',
          content_interaction: 'click',
          ...wait(1, 2),
        },
        page('Newsletter', '/newsletter', 5, 20),
        event('Form', 'Submit', 'Newsletter', 0, 1),
      ],
    },
  },
  {
    title: 'Help search',
    about: 'A search without results, a better one, an article and a manual to download.',
    funnel: {
      name: 'Help Search',
      description: 'The first search finds nothing.',
      probability: 0.1,
      priority: 5,
      exit_after_completion: true,
      steps: [
        page('Support', '/support', 2, 6),
        {
          type: 'site_search',
          search_keyword: 'does not turn on',
          search_results: 0,
          ...wait(3, 8),
        },
        { type: 'site_search', search_keyword: 'battery', search_results: 7, ...wait(2, 5) },
        page('Battery', '/support/battery', 10, 40),
        {
          type: 'download',
          target_url: '/files/manual.pdf',
          action_name: 'Manual',
          ...wait(1, 3),
        },
      ],
    },
  },
];

/** What a funnel without a template begins with. */
export const blankFunnel: Fields = {
  name: 'New funnel',
  probability: 0.2,
  priority: 0,
  exit_after_completion: true,
  steps: [{ type: 'pageview', url: '/', ...wait(0, 2) }],
};
