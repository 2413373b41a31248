import { defaultSettings } from '@trafficinator/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stub, type StubAnswer, startStub } from '../../../test/stub-server.ts';
import { Asker } from './ask.ts';

let stub: Stub | null = null;
afterEach(() => stub?.close());

async function ask(answer: StubAnswer, timeout_ms = 5_000) {
  stub = await startStub(() => answer);
  const door = { ca: null, user_agent: 'Trafficinator/test', timeout_ms, now: () => 1_000 };
  const asker = new Asker(stub.url, defaultSettings, door);
  try {
    return await asker.ask('/matomo.php', 'a=1');
  } finally {
    await asker.close();
  }
}

describe('asking', () => {
  it('posts a form and reads what matters of the answer', async () => {
    const date = 'Fri, 01 May 2026 12:00:00 GMT';
    const reply = await ask({ status: 302, headers: { date, location: '/x' }, body: 'ä' });
    expect(reply).toEqual({
      kind: 'http',
      status: 302,
      content_type: '',
      location: '/x',
      www_authenticate: null,
      date_ms: Date.UTC(2026, 4, 1, 12),
      asked_ms: 1_000,
      answered_ms: 1_000,
      body: 'ä',
    });
    expect(stub?.requests).toMatchObject([
      {
        method: 'POST',
        body: 'a=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ]);
  });

  it('reads no more of a body than it needs', async () => {
    const reply = await ask({ status: 200, body: 'x'.repeat(5_000_000) });
    expect(reply.kind).toBe('http');
    if (reply.kind === 'http') expect(reply.body.length).toBeLessThan(2_000_000);
  });

  it('gives up after its time, and tells whether a connection stood', async () => {
    expect(await ask('silence', 50)).toEqual({ kind: 'none', code: 'timeout', connected: true });
  });

  it('reads no date where there is none', async () => {
    expect(await ask({ status: 200, headers: { date: 'soon' } })).toMatchObject({ date_ms: null });
  });
});
