/** A page's label in the flat report: path and query, whatever the host. */
export function pageLabel(url: string): string {
  const withoutHost = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const label = withoutHost.startsWith('/') ? withoutHost : `/${withoutHost}`;
  try {
    return decodeURIComponent(label);
  } catch {
    return label;
  }
}
