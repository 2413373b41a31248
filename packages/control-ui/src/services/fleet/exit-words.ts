import { exitCodes } from '@trafficinator/contract';

/** Why processes ended, in words; null: all of them as they should. null among the codes: killed, or not told. */
export function exitWords(codes: readonly (number | null)[]): string | null {
  const bad = [...new Set(codes.filter((code) => code !== 0))];
  if (bad.length === 0) return null;
  return bad.map(wordsOf).join(' ');
}

function wordsOf(code: number | null): string {
  if (code === null) return 'It ended without telling how; the log has its last words.';
  const known = Object.values(exitCodes).find((each) => each.code === code);
  const meaning = known?.meaning ?? 'It ended as nobody expected; the log has its last words.';
  return `${meaning} (Exit code ${code}.)`;
}
