import { htmlReply, jsonReply, type Reply } from './reply.ts';

/** Every answer carries this header, so that nobody takes the stand-in for a Matomo. */
export const STAND_IN_HEADERS = { 'X-Trafficinator-Stand-In': '1' } as const;

export const healthReply = (): Reply => jsonReply(200, { status: 'ok', stand_in: true });

/** The page at `/`: what this is, and what it has counted. */
export function frontPage(stats: unknown, version: string): Reply {
  const counters = escapeHtml(JSON.stringify(stats, null, 2));
  return htmlReply(
    200,
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Stand-in for Matomo</title></head>
<body style="font-family: system-ui; max-width: 45rem; margin: 3rem auto; padding: 0 1rem">
<h1>This is a stand-in, not Matomo</h1>
<p>It answers tracking requests and a few reports the way Matomo ${version} does, and keeps
everything in memory. It is meant for rehearsals, tests and benchmarks.</p>
<h2>Counters</h2>
<pre>${counters}</pre>
</body></html>
`,
  );
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
