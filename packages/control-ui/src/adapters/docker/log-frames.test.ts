import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogFrames } from './log-frames.ts';

function frame(stream: 1 | 2, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

it('finds the same lines however the stream is divided', () => {
  const bytes = Buffer.concat([
    frame(1, '2026-05-01T12:00:00.000000001Z one\n'),
    frame(2, '2026-05-01T12:00:00.500000000Z two ä\r\n'),
    frame(1, '2026-05-01T12:00:01Z \n'),
  ]);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const places = [0, ...cuts, bytes.length].sort((a, b) => a - b);
      const frames = new LogFrames();
      const lines = places.slice(1).flatMap((to, i) => frames.feed(bytes.subarray(places[i], to)));
      expect(lines.map(({ line }) => line)).toEqual([
        { at: '2026-05-01T12:00:00.000Z', stream: 'stdout', text: 'one' },
        { at: '2026-05-01T12:00:00.500Z', stream: 'stderr', text: 'two ä' },
        { at: '2026-05-01T12:00:01.000Z', stream: 'stdout', text: '' },
      ]);
    }),
  );
});

it('takes the frames of a long line for one line, beside those of the other stream', () => {
  const at = '2026-05-01T12:00:00.000000001Z';
  const bytes = Buffer.concat([
    frame(1, `${at} begins`),
    frame(2, `${at} between\n`),
    frame(1, `${at} goes on`),
    frame(1, `${at} ends\n`),
    frame(1, `${at} next\n`),
  ]);
  const texts = new LogFrames().feed(bytes).map(({ line }) => line.text);
  expect(texts).toEqual(['begins', 'between', 'next']);
});
