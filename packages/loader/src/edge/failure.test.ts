import { type ProblemCode, problem } from '@trafficinator/contract';
import { describe, expect, it } from 'vitest';
import { StateError } from '../account/live-state.ts';
import { Failure } from './failure.ts';
import { stateFailure } from './state.ts';

const told = (code: ProblemCode, severity?: 'warning') =>
  problem(code, { message: `${code}.`, remedy: 'Mend it.', ...(severity ? { severity } : {}) });

describe('a failure', () => {
  it.each([
    ['urls_file_unusable', 2],
    ['state_locked', 2],
    ['state_unusable', 2],
    ['tls_ca_unusable', 2],
    ['start_signal_unusable', 2],
    ['target_unreachable', 3],
    ['token_refused', 3],
  ] as const)('of %s exits with %i', (code, exitCode) => {
    const failure = Failure.of(code, { message: 'It broke.', remedy: 'Mend it.' });
    expect(failure.exitCode).toBe(exitCode);
    expect(failure.message).toBe('It broke.');
    expect(failure.problems).toHaveLength(1);
  });

  it('exits as its first error says, not as a warning before it', () => {
    const warning = told('urls_file_unusable', 'warning');
    const failure = new Failure([warning, told('target_unreachable'), told('state_locked')]);
    expect(failure.exitCode).toBe(3);
    expect(failure.message).toBe('urls_file_unusable. target_unreachable. state_locked.');
    expect(new Failure([warning]).exitCode).toBe(1);
  });

  it('of the state says what to do about it', () => {
    const locked = stateFailure(new StateError('state_locked', '/s', 'Another run uses /s.'));
    expect(locked.problems[0]).toMatchObject({
      code: 'state_locked',
      message: 'Another run uses /s.',
      remedy: 'Stop the other run, or give this one a STATE_DIR of its own.',
      fields: ['state_dir'],
    });
    const unusable = stateFailure(new StateError('state_unusable', '/s', 'Full.'));
    expect(unusable.problems[0]?.remedy).toMatch(/STATE_DIR/);
  });
});
