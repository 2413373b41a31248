/** What a fresh Matomo has switched on, as far as the stand-in knows it. */
const USUAL = [
  'API',
  'Actions',
  'BulkTracking',
  'Contents',
  'CustomDimensions',
  'Ecommerce',
  'Events',
  'Goals',
  'Live',
  'PagePerformance',
  'Referrers',
  'SitesManager',
  'UserCountry',
  'VisitFrequency',
  'VisitsSummary',
];

/** Names of the active plugins: the usual ones with changes. A change is what is said, not what is done. */
export function activePlugins(changes: Readonly<Record<string, boolean>> = {}): Set<string> {
  const active = new Set(USUAL);
  for (const [name, isActive] of Object.entries(changes)) {
    if (isActive) active.add(name);
    else active.delete(name);
  }
  return active;
}
