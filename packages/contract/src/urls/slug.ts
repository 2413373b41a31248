/** Turns a title into the last segment of a readable URL: `Espresso & café machines` → `espresso-and-cafe-machines`. */
export function slugOf(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{Diacritic}|['’]/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function wordsOf(segment: string): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // A stray percent sign is legal in a URL and then simply part of the title.
  }
  const words = text
    .replace(/\.(html?|php|aspx?|jsp)$/i, '')
    .replace(/[-_+\s\p{Cc}]+/gu, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A readable title for a page that has none: the last two segments of its path, the nearer one
 * first (`/shop/rain-gear/blue_jacket.html` → `Blue jacket – Rain gear`); the host for a bare origin.
 */
export function titleFromPath(url: URL): string {
  const words = url.pathname.split('/').map(wordsOf).filter(Boolean);
  return words.length === 0 ? url.host : words.slice(-2).reverse().join(' – ');
}
