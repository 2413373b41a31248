import { describe, expect, it } from 'vitest';
import { onStopSignals } from './signals.ts';

describe('stop signals', () => {
  it('call back with the exit code they stand for, every time, until they are forgotten', () => {
    const before = process.listenerCount('SIGTERM');
    const told: string[] = [];
    const forget = onStopSignals((exitCode, signal) => told.push(`${signal} ${exitCode}`));
    process.emit('SIGINT');
    process.emit('SIGTERM');
    process.emit('SIGTERM');
    expect(told).toEqual(['SIGINT 130', 'SIGTERM 143', 'SIGTERM 143']);
    forget();
    expect(process.listenerCount('SIGTERM')).toBe(before);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
