import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const secret = '0123456789abcdef0123456789abcdef';

/** What a process of its own writes when it logs these lines. */
function logged(level: string, lines: string) {
  const code = `
    const { openLog } = await import(${JSON.stringify(new URL('log.ts', import.meta.url))});
    const log = openLog(${JSON.stringify(level)});
    ${lines}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  return { stdout, lines: stderr.split('\n').filter((line) => line.startsWith('{')) };
}

describe('the log', () => {
  it('is lines of JSON on stderr, from its level up, without a token', () => {
    const { stdout, lines } = logged(
      'WARNING',
      `log.info('too quiet');
       log.warn({ code: 'x' }, 'heard');
       const secret = '${secret}';
       for (const name of ['token', 'token_auth', 'matomo_token_auth']) {
         log.error({ [name]: secret }, 'in a line');
         log.error({ settings: { [name]: secret } }, 'in an object of a line');
       }`,
    );
    expect(stdout).toBe('');
    expect(lines).toHaveLength(7);
    const [first, ...others] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ level: 'warn', code: 'x', msg: 'heard' });
    expect(new Date(first.time).toISOString()).toBe(first.time);
    expect(lines.join('\n')).not.toContain(secret);
    for (const other of others) expect(JSON.stringify(other)).toContain('***');
  });

  it('shows what is as severe as its level, or more', () => {
    const { lines } = logged(
      'INFO',
      `for (const threshold of ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']) {
         const quieter = openLog(threshold);
         for (const level of ['debug', 'info', 'warn', 'error', 'fatal']) quieter[level](threshold);
       }`,
    );
    const shown = Map.groupBy(lines, (line) => JSON.parse(line).msg as string);
    expect([...shown].map(([threshold, all]) => `${threshold} ${all.length}`)).toEqual([
      'DEBUG 5',
      'INFO 4',
      'WARNING 3',
      'ERROR 2',
      'CRITICAL 1',
    ]);
  });
});
