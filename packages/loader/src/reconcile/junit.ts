import type { ReconcileReport } from '@trafficinator/contract';

type Day = ReconcileReport['differences'][number];

/** Attributes of an element, in their order. */
type Attributes = Readonly<Record<string, string | number>>;

/**
 * The result as JUnit XML, as CI servers read it: a test case for each day, failed where a day differs.
 * `tableOf`: a day that differs as text.
 */
export function junitXml(report: ReconcileReport, tableOf: (day: Day) => string): string {
  const dates = [...report.equal_days, ...report.differences].map(({ date }) => date).sort();
  const suite = {
    name: 'trafficinator reconcile',
    tests: dates.length,
    failures: report.differences.length,
    errors: 0,
    skipped: 0,
  };
  const failed = new Map(report.differences.map((day) => [day.date, day]));
  const properties = {
    run_id: report.run_id,
    url: report.target.url,
    site_id: report.target.site_id,
    timezone: report.timezone,
    metrics: report.metrics.length,
  };
  const cases = dates.map((date) => {
    const attributes = { classname: `site ${report.target.site_id}`, name: date };
    const day = failed.get(date);
    return element('testcase', attributes, day === undefined ? [] : [failure(day, tableOf(day))]);
  });
  const xml = element('testsuites', suite, [
    element('testsuite', suite, [
      element(
        'properties',
        {},
        Object.entries(properties).map(([name, value]) => element('property', { name, value })),
      ),
      ...cases,
      element('system-out', {}, [escaped(report.notices.join('\n'))]),
    ]),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}

function failure(day: Day, table: string): string {
  const labels = [...new Set(day.causes.map(({ label }) => label))].join(', ');
  const message = `${day.metrics.length} metrics differ (${labels})`;
  return element('failure', { message, type: 'reconcile_mismatch' }, [escaped(table)]);
}

function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapedValue(String(value))}"`)
    .join('');
  if (content.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${content.join('\n')}</${name}>`;
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\u0085': '&#133;',
  '\u2028': '&#8232;',
};

/**
 * Text as element content. What XML 1.0 cannot hold at all, not even as a reference (control characters,
 * half a surrogate pair; its §2.2), becomes U+FFFD. Line ends that XML 1.1 rewrites are references.
 */
export function escaped(text: string): string {
  return possible(text).replace(
    /[&<>"'\r\u0085\u2028]/g,
    (character) => references[character] as string,
  );
}

/** Text as the value of an attribute, where readers turn plain white space into spaces. */
export function escapedValue(text: string): string {
  return possible(text).replace(
    /[&<>"'\t\n\r\u0085\u2028]/g,
    (character) => references[character] as string,
  );
}

const possible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
