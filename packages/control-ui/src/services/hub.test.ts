import { expect, it } from 'vitest';
import { Hub, type LiveEvent, type Topic, topics } from './hub.ts';

const all: ReadonlySet<Topic> = new Set(topics);

/** Takes the next events of a listener, without waiting for more than there are. */
async function take(events: AsyncGenerator<LiveEvent>, count: number): Promise<LiveEvent[]> {
  const taken: LiveEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}

it('gives every listener every event of its topics, in order', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  const both = hub.listen({ topics: all, after: null }, ended.signal);
  const logs = hub.listen({ topics: new Set(['log']), after: null }, ended.signal);
  const first = both.next();
  const firstLog = logs.next();
  hub.publish('run', { id: 'a' });
  hub.publish('log', 'one');
  hub.publish('log', 'two');
  expect((await first).value?.json).toBe('{"id":"a"}');
  expect((await take(both, 2)).map(({ json }) => json)).toEqual(['"one"', '"two"']);
  expect((await firstLog).value?.json).toBe('"one"');
  expect((await take(logs, 1)).map(({ json }) => json)).toEqual(['"two"']);
  ended.abort();
});

it('gives a listener that comes back what it missed, and a new one the latest state', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  hub.publish('status', 1);
  hub.publish('log', 'a');
  hub.publish('status', 2);
  hub.publish('log', 'b');
  const back = hub.listen({ topics: all, after: 2 }, ended.signal);
  expect((await take(back, 2)).map(({ id, json }) => [id, json])).toEqual([
    [3, '2'],
    [4, '"b"'],
  ]);
  const fresh = hub.listen({ topics: all, after: null }, ended.signal);
  expect((await take(fresh, 1)).map(({ json }) => json)).toEqual(['2']);
  ended.abort();
});

it('keeps only the newest state for a listener that reads slowly, and says how many lines it lost', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  const slow = hub.listen({ topics: all, after: null }, ended.signal);
  const first = slow.next();
  hub.publish('run', 'begun');
  await first;
  for (let n = 0; n < 700; n++) {
    hub.publish('status', n);
    hub.publish('log', n);
  }
  const [lost, ...rest] = await take(slow, 501);
  expect(lost?.json).toBe('{"lost":201}');
  expect(rest.filter(({ topic }) => topic === 'status').map(({ json }) => json)).toEqual(['699']);
  expect(rest.at(-1)?.json).toBe('699');
  ended.abort();
});

it('forgets a listener that leaves, and ends all when it closes', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  const leaving = hub.listen({ topics: all, after: null }, ended.signal);
  const waiting = leaving.next();
  expect(hub.listeners).toBe(1);
  ended.abort();
  expect((await waiting).done).toBe(true);
  expect(hub.listeners).toBe(0);
  const staying = hub.listen({ topics: all, after: null }, new AbortController().signal);
  const last = staying.next();
  hub.close();
  expect((await last).done).toBe(true);
});

it('forgets a listener that leaves while it is held up', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  const held = hub.listen({ topics: all, after: null }, ended.signal);
  const first = held.next();
  hub.publish('run', 'begun');
  await first;
  // Nobody asks for the next event: its client takes nothing.
  expect(hub.listeners).toBe(1);
  ended.abort();
  expect(hub.listeners).toBe(0);
});

it('bounds what waits for a listener by its length too', async () => {
  const hub = new Hub();
  const ended = new AbortController();
  const slow = hub.listen({ topics: all, after: null }, ended.signal);
  const first = slow.next();
  hub.publish('run', 'begun');
  await first;
  for (let n = 0; n < 5; n++) hub.publish('log', `${n}${'x'.repeat(900_000)}`);
  const [lost, ...rest] = await take(slow, 3);
  expect(lost?.json).toBe('{"lost":3}');
  expect(rest.map(({ json }) => json.slice(0, 3))).toEqual(['"3x', '"4x']);
  ended.abort();
});

it('treats an id of another life of the service as none, and goes on above the ids of the last', async () => {
  const hub = new Hub(5_000);
  const ended = new AbortController();
  hub.publish('status', 'now');
  const future = hub.listen({ topics: all, after: 9_999 }, ended.signal);
  expect((await take(future, 1)).map(({ json }) => json)).toEqual(['"now"']);
  const past = hub.listen({ topics: all, after: 17 }, ended.signal);
  expect((await take(past, 1)).map(({ id, json }) => [id, json])).toEqual([[5_000, '"now"']]);
  ended.abort();
});
