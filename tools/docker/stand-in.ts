import type { Stack } from './stack.ts';

/** What the stand-in counted. */
export interface Recorded {
  readonly hits_seen: number;
  readonly hits_recorded: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
}

export async function recordedHits(stack: Stack): Promise<Recorded> {
  return (await stack.ask('stand-in', 8080, '/__stand-in/stats')) as Recorded;
}

/** The same where the stand-in publishes no port. */
export async function recordedInside(stack: Stack): Promise<Recorded> {
  const program = `const answer = await fetch('http://127.0.0.1:8080/__stand-in/stats');
    console.log(await answer.text());`;
  return JSON.parse(await stack.evaluate('stand-in', program)) as Recorded;
}

/** The visits that the stand-in's reports show, of yesterday, today and tomorrow in any zone. */
export async function recordedVisits(stack: Stack): Promise<number> {
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const question = new URLSearchParams({
    module: 'API',
    method: 'VisitsSummary.getVisits',
    format: 'json',
    idSite: '1',
    period: 'range',
    date: `${day(-1)},${day(1)}`,
    token_auth: '0123456789abcdef0123456789abcdef',
  });
  const answer = await stack.ask('stand-in', 8080, `/index.php?${question}`);
  return (answer as { value: number }).value;
}
