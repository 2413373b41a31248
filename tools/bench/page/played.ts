/**
 * Text of a script for the browser: the page's live connection, at which more is told than the service tells. The
 * service's own status is repeated, lines are made; `window.play` says how many of each a second.
 */
export const playedLive = `
  const Real = window.EventSource;
  window.play = { updates: 0, lines: 0 };
  window.told = { updates: 0, lines: 0 };
  window.EventSource = class extends Real {
    constructor(...given) {
      super(...given);
      const last = {
        log: JSON.stringify({ loader: 'loader-1', level: 'info', text: 'progress of a run', detail: null }),
      };
      for (const topic of ['status', 'log']) {
        super.addEventListener(topic, ({ data, isTrusted }) => {
          if (isTrusted) last[topic] = data;
        });
      }
      const tell = (topic, data) => {
        this.dispatchEvent(new MessageEvent(topic, { data }));
        window.told[topic === 'log' ? 'lines' : 'updates'] += 1;
      };
      const began = { status: 0, log: 0 };
      let count = 0;
      setInterval(() => {
        const now = performance.now();
        const due = (topic, perSecond) => {
          if (perSecond === 0 || last[topic] === undefined) return (began[topic] = now), 0;
          const many = Math.floor(((now - began[topic]) * perSecond) / 1000);
          began[topic] += (many * 1000) / perSecond;
          return many;
        };
        for (let left = due('status', window.play.updates); left > 0; left -= 1) {
          const status = JSON.parse(last.status);
          count += 1;
          status.hits.planned += count;
          status.hits.accepted += count;
          tell('status', JSON.stringify(status));
        }
        for (let left = due('log', window.play.lines); left > 0; left -= 1) {
          const line = JSON.parse(last.log);
          count += 1;
          tell('log', JSON.stringify({ ...line, at: new Date().toISOString(), text: line.text + ' ' + count }));
        }
      }, 10);
    }
  };
`;

/** Text of a script for the browser: all tasks longer than 50 ms, in milliseconds, in `window.longTasks`. */
export const watchedTasks = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
`;

/** An hour of a run in the service's form: a point every ten seconds. */
export function hourOf(now_ms: number): readonly Record<string, number>[] {
  const end = Math.floor(now_ms / 10_000) * 10;
  return Array.from({ length: 360 }, (_, at) => ({
    at_seconds: end - (360 - at) * 10,
    seconds: 10,
    visits: 100,
    planned_visits: 100,
    accepted: 600 + ((at * 37) % 90),
    rejected: at % 7,
    failed: at % 11 === 0 ? 3 : 0,
    unknown: at % 13 === 0 ? 2 : 0,
    dropped: 0,
    in_flight: 40,
    p50_ms: 40 + ((at * 13) % 20),
    p95_ms: 120 + ((at * 29) % 60),
    p99_ms: 240 + ((at * 31) % 120),
    lateness_p95_ms: 3,
  }));
}
