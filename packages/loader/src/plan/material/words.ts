import words from '../data/words.json' with { type: 'json' };
import { type Encoded, type EventTemplate, encoded, type SearchTerm } from './material.ts';

type Cell = string | number | null | undefined;

function text(cell: Cell): string {
  if (typeof cell !== 'string') throw new TypeError(`words.json: expected a text, found ${cell}`);
  return cell;
}

function eventOf([category, action, name, value]: readonly Cell[]): EventTemplate {
  return {
    category: encoded(text(category)),
    action: encoded(text(action)),
    name: encoded(text(name)),
    value: typeof value === 'number' ? value : null,
  };
}

/** What visitors of the site look for; about four in ten searches are made within a category. */
export function searchTerms(): SearchTerm[] {
  return words.search_terms.map(([keyword, category]) => ({
    keyword: encoded(text(keyword)),
    category: typeof category === 'string' ? encoded(category) : null,
  }));
}

/** Home pages of well-known public sites that pages link to. */
export function outlinks(): Encoded[] {
  return words.outlinks.map(encoded);
}

/** Files to download, as paths on the page's own origin. */
export function downloads(): readonly string[] {
  return words.downloads;
}

/** Events of visitors who click something; none has a value. */
export function clickEvents(): EventTemplate[] {
  return words.click_events.map(eventOf);
}

/** Events that a page sends on its own; five of them have a value. */
export function randomEvents(): EventTemplate[] {
  return words.random_events.map(eventOf);
}
