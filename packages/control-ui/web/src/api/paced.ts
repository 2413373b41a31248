/**
 * Hands values on, one in `every_ms` at most: the first at once, then the latest of those that came meanwhile. What
 * came last is always handed on.
 */
export function paced<T>(every_ms: number, take: (value: T) => void): (value: T) => void {
  let waiting: { readonly value: T } | null = null;
  let resting = false;
  const hand = (value: T) => {
    resting = true;
    setTimeout(next, every_ms);
    take(value);
  };
  const next = () => {
    resting = false;
    const kept = waiting;
    waiting = null;
    if (kept !== null) hand(kept.value);
  };
  return (value) => {
    if (resting) waiting = { value };
    else hand(value);
  };
}
