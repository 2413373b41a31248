import { z } from 'zod';
import type { RunnerEvent } from '../../ports/runner.ts';
import { LineCutter } from '../line-cutter.ts';
import { pause } from '../pause.ts';
import { deadline } from './deadline.ts';
import type { Engine } from './engine.ts';
import { isOwn, labelFilter, labels } from './labels.ts';
import { after, type Moment, momentOfMs, written } from './moment.ts';

const kinds = { create: 'created', start: 'started', die: 'exited', destroy: 'removed' } as const;
const eventSchema = z.object({
  Action: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
  time: z.int(),
  timeNano: z.number(),
});

/** Each connection is given up after so long and opened again: one that died unnoticed is noticed. */
const longest_ms = 300_000;
const backoff_ms = { first: 250, most: 5_000 } as const;

/** What the engine tells of this service's containers; it is asked again for what was missed. */
export async function* engineEvents(
  engine: Engine,
  control_id: string,
  from_ms: number,
  signal: AbortSignal,
): AsyncGenerator<RunnerEvent> {
  let since = momentOfMs(from_ms);
  let lost = false;
  let wait_ms: number = backoff_ms.first;
  const outage = (kind: 'engine_lost' | 'engine_back'): RunnerEvent => {
    lost = kind === 'engine_lost';
    return { kind, id: null, at: new Date(engine.clock.now()).toISOString() };
  };
  while (!signal.aborted) {
    const until = deadline(engine.clock, longest_ms, signal);
    try {
      const stream = await open(engine, control_id, since, until.signal);
      if (lost) yield outage('engine_back');
      wait_ms = backoff_ms.first;
      for await (const { event, moment } of eventsOf(stream, control_id)) {
        since = after(moment);
        if (signal.aborted) return;
        yield event;
      }
    } catch {
      // Whatever broke it: it is opened again.
    } finally {
      until.clear();
    }
    if (signal.aborted) return;
    if (until.expired()) continue;
    if (!lost) yield outage('engine_lost');
    await pause(engine.clock, wait_ms, signal);
    wait_ms = Math.min(backoff_ms.most, wait_ms * 2);
  }
}

function open(engine: Engine, control_id: string, since: Moment, abortSignal: AbortSignal) {
  const filters = {
    type: ['container' as const],
    event: Object.keys(kinds),
    label: labelFilter(control_id, null),
  };
  // The library's types know no finer time than seconds.
  const from = written(since) as unknown as number;
  return engine.docker.getEvents({ since: from, filters, abortSignal });
}

async function* eventsOf(stream: NodeJS.ReadableStream, control_id: string) {
  const lines: string[] = [];
  const cutter = new LineCutter((line) => lines.push(line));
  for await (const chunk of stream) {
    cutter.feed(Buffer.from(chunk));
    for (const line of lines.splice(0)) {
      const told = read(line, control_id);
      if (told !== null) yield told;
    }
  }
}

function read(
  line: string,
  control_id: string,
): { readonly event: RunnerEvent; readonly moment: Moment } | null {
  const parsed = eventSchema.safeParse(parsedJson(line));
  if (!parsed.success) return null;
  const { Action, Actor, time } = parsed.data;
  if (!isOwn(Actor.Attributes, control_id)) return null;
  // As text: no JavaScript number has so many digits.
  const digits = /"timeNano":\d+(\d{9})\b/.exec(line)?.[1] ?? '0';
  const moment = { seconds: time, nanoseconds: Number(digits) };
  const at = new Date(time * 1000 + Math.floor(moment.nanoseconds / 1e6)).toISOString();
  return {
    event: { kind: kinds[Action], id: Actor.Attributes[labels.instance] ?? '', at },
    moment,
  };
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
