import manifest from '../../package.json' with { type: 'json' };

/** Version of this program. */
export const version: string = manifest.version;
/** How the loader names itself in access logs; visitors' user agents travel in `ua`. */
export const userAgent = `Trafficinator/${version}`;
