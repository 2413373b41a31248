interface Node {
  readonly name: string;
  readonly key: string;
  pages: number;
  weight: number;
  below: Map<string, Node> | null;
}

/** A line of the structure as it is shown. */
export interface TreeRow {
  /** The beginning of the addresses in it. */
  readonly key: string;
  readonly name: string;
  readonly depth: number;
  readonly pages: number;
  readonly weight: number;
  /** null: there is nothing below it. */
  readonly open: boolean | null;
}

/** So many hosts are open at first. */
const fewHosts = 3;

/** The pages of a site by host and path, with their numbers. */
export class UrlTree {
  readonly #root: Node = node('', '');

  constructor(pages: readonly { readonly url: string }[], weights: readonly number[] | null) {
    for (const [at, { url }] of pages.entries()) this.#add(url, weights?.[at] ?? 1);
  }

  get hosts(): number {
    return this.#root.below?.size ?? 0;
  }

  get weight(): number {
    return this.#root.weight;
  }

  /** What is shown when the rows in `toggled` are not as they are at first: hosts open if few, all else closed. */
  rows(toggled: ReadonlySet<string>): TreeRow[] {
    const rows: TreeRow[] = [];
    const isFew = this.hosts <= fewHosts;
    const show = (parent: Node, depth: number) => {
      for (const each of byWeight(parent)) {
        const { key, name, pages, weight, below } = each;
        const open = below === null ? null : toggled.has(key) !== (depth === 0 && isFew);
        rows.push({ key, name, depth, pages, weight, open });
        if (open) show(each, depth + 1);
      }
    };
    show(this.#root, 0);
    return rows;
  }

  /** The largest folders right below the hosts. */
  folders(most: number): TreeRow[] {
    const all = [...(this.#root.below?.values() ?? [])].flatMap((host) => [
      ...(host.below?.values() ?? []),
    ]);
    return all
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, most)
      .map(({ key, name, pages, weight }) => ({ key, name, pages, weight, depth: 1, open: null }));
  }

  #add(url: string, weight: number): void {
    const path = url.indexOf('/', url.indexOf('//') + 2);
    const query = url.slice(path).search(/[?#]/);
    const end = query < 0 ? url.length : path + query;
    let at = this.#root;
    count(at, weight);
    at = child(at, url.slice(url.indexOf('//') + 2, path), url.slice(0, path));
    count(at, weight);
    for (let from = path; from < end; ) {
      const next = url.indexOf('/', from + 1);
      const to = next < 0 || next >= end ? url.length : next;
      const name = url.slice(from + 1, to);
      // `/shop/` is the page of the folder itself.
      if (name !== '') {
        at = child(at, name, url.slice(0, to));
        count(at, weight);
      }
      from = to;
    }
  }
}

const node = (name: string, key: string): Node => ({ name, key, pages: 0, weight: 0, below: null });

function count(at: Node, weight: number): void {
  at.pages += 1;
  at.weight += weight;
}

function child(at: Node, name: string, key: string): Node {
  at.below ??= new Map();
  let found = at.below.get(name);
  if (found === undefined) {
    found = node(name, key);
    at.below.set(name, found);
  }
  return found;
}

const byWeight = ({ below }: Node): Node[] =>
  [...(below?.values() ?? [])].sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
