/** Text of anybody's as text of a page. */
export const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A row whose figures stand at the right; `sum`: the row that was checked and adds up. */
export interface ReportRow {
  readonly cells: readonly string[];
  readonly sum?: boolean;
}

/** A table of texts; the columns from the second on are figures where `figures` says so. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[] | ReportRow)[],
  figures = false,
): string {
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('');
  const top = head.length === 0 ? '' : `<thead><tr>${cells(head, 'th')}</tr></thead>`;
  const body = rows.map((row) => {
    const { cells: texts, sum = false } = 'cells' in row ? row : { cells: row };
    return `<tr${sum ? ' class="sum"' : ''}>${cells(texts, 'td')}</tr>`;
  });
  return `<table${figures ? ' class="figures"' : ''}>${top}<tbody>${body.join('\n')}</tbody></table>`;
}

/** One HTML file that needs nothing else: no script, no address that something is loaded from. */
export function pageOf(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${safe(title)} · Trafficinator</title>
<style>${style}</style>
</head>
<body>
<h1>${safe(title)}</h1>
${parts.join('\n')}
</body>
</html>
`;
}

const style = `:root{color-scheme:light dark;--ink:light-dark(#1c1c1a,#e9e8e4);--dim:light-dark(#6a6963,#a3a29b);--line:light-dark(#ddd,#3a3a37);--rule:light-dark(#bbb,#55554f);--a:light-dark(#55544f,#b9b8b1);--b:light-dark(#2f66d0,#7ba4f5);--accepted:light-dark(#1f9a80,#3fbf9f)}
body{font:14px/1.5 system-ui,sans-serif;max-width:760px;margin:32px auto;padding:0 16px;color:var(--ink);background:light-dark(#fff,#191918);font-variant-numeric:tabular-nums}
h1{font-size:20px;line-height:1.3;margin:0}h2{font-size:14px;border-top:1px solid var(--rule);padding-top:8px;margin:24px 0 8px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere;vertical-align:top}th{font-weight:500;color:var(--dim)}
.figures{table-layout:fixed}.figures td:nth-child(n+2),.figures th:nth-child(n+2){text-align:right}tr.sum td{border-bottom:3px double;font-weight:600}
svg{display:block;width:100%}svg.small{max-width:420px}svg text{font-size:11px;fill:var(--dim)}.grid{stroke:var(--line)}.curve{fill:none;stroke-width:1.5}.a{stroke:var(--a);stroke-dasharray:5 3}.b{stroke:var(--b)}.accepted{stroke:var(--accepted)}
.dim{color:var(--dim)}.key{display:inline;width:24px;height:8px;vertical-align:middle}p.sum{border-bottom:3px double;display:inline-block;font-weight:600}`;
